using System.Globalization;
using Spectre.Console;

namespace Orders.Host.Bench;

/// <summary>A report for people.</summary>
internal static class BenchTables
{
    public static void Write(IAnsiConsole console, BenchReport report)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Bench").AddColumn(new TableColumn("Figure").RightAligned()).AddColumn("");
        table.AddRow("accepted", Text(report.AcceptedPerSecond), $"orders/s, {report.Accepted} in {report.Options.Seconds} s, {report.Refused} refused");
        table.AddRow("completed", Text(report.CompletedPerSecond), $"orders/s, {report.Completed} from first POST to last completion");
        table.AddRow("confirm", $"{Text(report.Confirm.P50)} / {Text(report.Confirm.P99)}", $"ms p50 / p99, at most {Text(report.Confirm.Max)}");
        table.AddRow(
            "order to completed", $"{Text(report.OrderToCompleted.P50)} / {Text(report.OrderToCompleted.P99)}",
            $"ms p50 / p99, at most {Text(report.OrderToCompleted.Max)}");
        table.AddRow("drain", Text(report.DrainSeconds), "s after the last answer");
        table.AddRow("CPU host", Text(report.Cpu.Host), "ms an order");
        table.AddRow("CPU PostgreSQL", Text(report.Cpu.PostgreSql), "ms an order");
        table.AddRow("CPU RabbitMQ", Text(report.Cpu.RabbitMq), "ms an order");
        table.AddRow("CPU load generator", Text(report.Cpu.LoadGenerator), "ms an order");
        table.AddRow("limit", Text(report.LimitPerSecond), "orders/s, one transaction an order, no bus");
        table.AddRow("share of the limit", Text(report.ShareOfLimit), "completed / limit");
        console.Write(table);
    }

    private static string Text(double figure) => figure.ToString(CultureInfo.InvariantCulture);
}
