using System.Globalization;
using Spectre.Console;

namespace Orders.Host.Demo;

/// <summary>Redraws one panel in place: the orders' way through the stages, the times, and what the provider was asked.</summary>
internal sealed class LiveDisplay(LiveDisplayContext live) : IDemoDisplay
{
    private const int BarWidth = 60;

    public void Show(DemoState state)
    {
        live.UpdateTarget(new Rows(Progress(state), new Columns(Stages(state), new Rows(Times(state), Provider(state)))));
        live.Refresh();
    }

    private static Markup Progress(DemoState state)
    {
        var full = BarWidth * state.Ended / Math.Max(state.Total, 1);
        return new(string.Create(
            CultureInfo.InvariantCulture,
            $"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/]  {state.Ended} of {state.Total} orders ended, {state.Elapsed.TotalSeconds:F0} s"));
    }

    private static BarChart Stages(DemoState state)
    {
        var chart = new BarChart().Width(60).Label("[bold]Orders by stage[/]").LeftAlignLabel();
        foreach (var (stage, count) in state.Stages)
        {
            chart.AddItem(stage, count, ColourOf(stage));
        }

        return chart.WithMaxValue(state.Total);
    }

    private static Table Times(DemoState state)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("ms", "p50", "p99");
        table.AddRow("confirm", Text(state.Confirm.P50), Text(state.Confirm.P99));
        table.AddRow("order to end", Text(state.OrderToEnd.P50), Text(state.OrderToEnd.P99));
        return table;
    }

    private static Table Provider(DemoState state)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("payment provider", "");
        foreach (var (what, count) in state.ProviderCounts)
        {
            table.AddRow(what, count.ToString(CultureInfo.InvariantCulture));
        }

        table.AddRow("[bold]partner: events heard[/]", state.HeardByPartner.ToString(CultureInfo.InvariantCulture));
        return table;
    }

    private static Color ColourOf(string stage) => stage switch
    {
        "completed" => Color.Green,
        "rejected" => Color.Red,
        "cancelled" or "cancelling" => Color.Yellow,
        _ => Color.Blue,
    };

    private static string Text(double milliseconds) => milliseconds.ToString("F0", CultureInfo.InvariantCulture);
}
