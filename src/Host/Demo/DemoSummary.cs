using System.Globalization;
using Spectre.Console;

namespace Orders.Host.Demo;

/// <summary>What the demo ends with: every kind of order with its ends, and the times.</summary>
internal static class DemoSummary
{
    public static void Write(IAnsiConsole console, DemoState state, PartnerReport heard, bool customerArrived)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("Kind of order").AddColumn(new TableColumn("Orders").RightAligned()).AddColumn("Ended as").AddColumn("");
        foreach (var outcome in state.Outcomes)
        {
            table.AddRow(
                Markup.Escape(outcome.Kind.Name),
                outcome.Orders.Count.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(string.Join(", ", outcome.ByEnd.Select(end => $"{end.Value} {end.Key}"))),
                outcome is { IsRight: true, Late: 0 } ? "[green]as it must[/]"
                    : outcome.IsRight ? $"[yellow]{outcome.Late} by a deadline that passed meanwhile[/]" : $"[red]must be {Markup.Escape(string.Join(" or ", outcome.Kind.Ends))}[/]");
        }

        console.Write(table);
        console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{state.Ended} of {state.Total} orders ended in {state.Elapsed.TotalSeconds:F1} s; confirm p50/p99 {state.Confirm.P50}/{state.Confirm.P99} ms, order to end p50/p99 {state.OrderToEnd.P50}/{state.OrderToEnd.P99} ms"));
        console.MarkupLine(heard.IsRight ? $"partner: [green]{heard}[/]" : $"partner: [red]{heard}[/]");
        console.MarkupLine(customerArrived ? "CRM: [green]the change arrived in the copy[/]" : "CRM: [red]the change did not arrive in the copy[/]");
        console.WriteLine("payment provider: " + string.Join(", ", state.ProviderCounts.Select(entry => $"{entry.Count} × {entry.What}")));
    }
}
