using System.Globalization;
using Spectre.Console;

namespace Orders.Host.Bench.Overload;

/// <summary>A report for people.</summary>
internal static class OverloadTable
{
    public static void Write(IAnsiConsole console, OverloadReport report)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Overload").AddColumn(new TableColumn("Figure").RightAligned()).AddColumn("");
        table.AddRow("peak", Text(report.PeakPerSecond), "orders/s completed, sustained");
        table.AddRow("offered", Text(report.OfferedPerSecond), "orders/s");
        table.AddRow("accepted", Text(report.AcceptedPerSecond), "orders/s");
        table.AddRow("refused", Text(report.RefusedPerSecond), "orders/s, with 503 and Retry-After");
        table.AddRow("goodput", Text(report.GoodputPerSecond), "orders/s completed under overload");
        table.AddRow("share of the peak", Text(report.GoodputShare), "goodput / peak");
        table.AddRow("confirm", $"{Text(report.Confirm.P50)} / {Text(report.Confirm.P99)}", $"ms p50 / p99, at most {Text(report.Confirm.Max)}");
        table.AddRow("drain", Text(report.DrainSeconds), "s after the last answer");
        table.AddRow("memory", $"{Text(report.PeakMemory)} / {Text(report.OverloadMemory)}", $"MB of the host at most, sustained / overload: {Text(report.MemoryRatio)} times");
        table.AddRow("all ended", report.AllEnded ? "yes" : "no", "every accepted order completed");
        console.Write(table);
    }

    private static string Text(double figure) => figure.ToString(CultureInfo.InvariantCulture);
}
