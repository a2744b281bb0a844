using System.Globalization;
using Spectre.Console;

namespace Orders.Host.Bench.Webhooks;

/// <summary>A report for people.</summary>
internal static class WebhookTable
{
    public static void Write(IAnsiConsole console, WebhookReport report)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Webhooks").AddColumn(new TableColumn("Figure").RightAligned()).AddColumn("");
        table.AddRow("delivered", Text(report.DeliveriesPerSecond), $"deliveries/s to {report.Endpoints} endpoints, of what had accumulated");
        table.AddRow("CPU host", Text(report.Cpu.Host), "ms a delivery");
        table.AddRow("CPU PostgreSQL", Text(report.Cpu.PostgreSql), "ms a delivery");
        table.AddRow("CPU receivers", Text(report.Cpu.Receivers), "ms a delivery");
        table.AddRow("limit", Text(report.LimitPerSecond), "signed posts/s to the same receivers, with no queue");
        table.AddRow("share of the limit", Text(report.ShareOfLimit), "delivered / limit");
        table.AddRow("event to received", Both(report.EventToReceived), $"ms p50 / p99 at {Text(report.PacedPerSecond)} deliveries/s");
        if (report.SlowAndDead is { } neighbours)
        {
            table.AddRow("p99 without bad neighbours", string.Join(", ", neighbours.Without.Select(Text)), "ms, phase by phase");
            table.AddRow("p99 with a slow and a dead one", string.Join(", ", neighbours.With.Select(Text)), "ms, in turn with those");
            table.AddRow("ratio", Text(neighbours.Ratio), $"of their medians; at most {Text(SlowAndDeadReport.MostRatio)}: {(neighbours.Ok ? "ok" : "FAULT")}");
        }

        table.AddRow("missing", Text(report.Check.Missing), $"of {report.Check.Deliveries} deliveries");
        table.AddRow("repeated", Text(report.Check.Repeated), "deliveries under an id that had come before");
        table.AddRow("out of order", Text(report.Check.OutOfOrder), "deliveries after a later one of their order");
        console.Write(table);
    }

    private static string Both(Percentiles times) => $"{Text(times.P50)} / {Text(times.P99)}";

    private static string Text(double figure) => figure.ToString(CultureInfo.InvariantCulture);
}
