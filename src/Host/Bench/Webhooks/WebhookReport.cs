using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Host.Bench.Webhooks;

/// <summary>The figures of one run: what <c>--json</c> writes. Times in milliseconds, rates a second.</summary>
/// <param name="DeliveriesPerSecond">What had accumulated, from the endpoints' being enabled to the last receipt.</param>
/// <param name="Cpu">Milliseconds a delivery, meanwhile.</param>
/// <param name="LimitPerSecond">The same signed bodies posted to the same receivers right after, with no queue.</param>
/// <param name="PacedPerSecond">Deliveries a second, well below the first figure, under which the times were taken.</param>
/// <param name="EventToReceived">From the time in the event to its receipt, under that load.</param>
/// <param name="SlowAndDead">The same with two bad neighbours, where they were asked for.</param>
/// <param name="Check">Of all receipts.</param>
internal sealed record WebhookReport(
    DateTimeOffset At,
    int Endpoints,
    double DeliveriesPerSecond,
    CpuPerDelivery Cpu,
    double LimitPerSecond,
    double PacedPerSecond,
    Percentiles EventToReceived,
    SlowAndDeadReport? SlowAndDead,
    ReceiptCheck Check)
{
    public double ShareOfLimit => Math.Round(DeliveriesPerSecond / LimitPerSecond, 3);

    public bool Ok => Check.Ok && SlowAndDead is not { Ok: false };
}

/// <summary>Milliseconds of CPU.</summary>
internal sealed record CpuPerDelivery(double Host, double PostgreSql, double Receivers);

/// <summary>The others' event to received beside a slow and a dead endpoint: of each kind the median of its phases' p99.</summary>
/// <param name="Without">The p99 of each phase without the two, in turn with <paramref name="With"/>.</param>
/// <param name="With">The p99 of each phase with them.</param>
internal sealed record SlowAndDeadReport(IReadOnlyList<double> Without, IReadOnlyList<double> With)
{
    /// <summary>As much slower the others may be.</summary>
    public const double MostRatio = 1.1;

    public double Ratio => Math.Round(Median(With) / Median(Without), 3);

    public bool Ok => Ratio <= MostRatio;

    private static double Median(IReadOnlyList<double> values) => values.Order().ElementAt(values.Count / 2);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(WebhookReport))]
internal sealed partial class WebhookBenchJson : JsonSerializerContext;
