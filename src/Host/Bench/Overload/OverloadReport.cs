using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Host.Verify;

namespace Orders.Host.Bench.Overload;

/// <summary>The figures of one run: what <c>--json</c> writes. Times in milliseconds, rates a second, memory in megabytes.</summary>
/// <param name="PeakPerSecond">Completed under a load that waits for its answers, before and after the overload: the most that is sustained.</param>
/// <param name="OfferedPerSecond">Requests under overload.</param>
/// <param name="GoodputPerSecond">Completed while overloaded.</param>
/// <param name="DrainSeconds">From the last answer until nothing was left to do.</param>
/// <param name="PeakMemory">The host's resident memory at most, under the sustained load.</param>
/// <param name="OverloadMemory">The same under overload and drain.</param>
internal sealed record OverloadReport(
    DateTimeOffset At,
    double PeakPerSecond,
    double OfferedPerSecond,
    double AcceptedPerSecond,
    double RefusedPerSecond,
    double GoodputPerSecond,
    Percentiles Confirm,
    double DrainSeconds,
    double PeakMemory,
    double OverloadMemory,
    bool AllEnded,
    VerifyReport Verify)
{
    /// <summary>Goodput as a share of its peak.</summary>
    public double GoodputShare => Math.Round(GoodputPerSecond / PeakPerSecond, 3);

    public double MemoryRatio => Math.Round(OverloadMemory / PeakMemory, 2);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(OverloadReport))]
internal sealed partial class OverloadJson : JsonSerializerContext;
