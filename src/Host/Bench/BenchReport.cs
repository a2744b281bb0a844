using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Host.Verify;

namespace Orders.Host.Bench;

/// <summary>The figures of one run: what <c>--json</c> writes. Times in milliseconds, rates a second.</summary>
internal sealed record BenchReport(
    DateTimeOffset At,
    string Machine,
    BenchOptions Options,
    int Accepted,
    int Refused,
    int Completed,
    double AcceptedPerSecond,
    double CompletedPerSecond,
    double DrainSeconds,
    Percentiles Confirm,
    Percentiles OrderToCompleted,
    CpuPerOrder Cpu,
    double LimitPerSecond,
    VerifyReport Verify)
{
    /// <summary>Completed orders as a share of what one bare transaction an order reaches.</summary>
    public double ShareOfLimit => Math.Round(CompletedPerSecond / LimitPerSecond, 3);
}

/// <summary>Milliseconds of CPU an accepted order, load and drain together.</summary>
internal sealed record CpuPerOrder(double Host, double PostgreSql, double RabbitMq, double LoadGenerator);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true, UseStringEnumConverter = true)]
[JsonSerializable(typeof(BenchReport))]
internal sealed partial class BenchJson : JsonSerializerContext;
