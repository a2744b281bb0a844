using System.Globalization;

namespace Orders.Host.Demo;

/// <summary>A line whenever another tenth of the orders has ended: for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter output) : IDemoDisplay
{
    private int shown = -1;

    public void Show(DemoState state)
    {
        var tenth = state.Ended * 10 / Math.Max(state.Total, 1);
        if (tenth == shown)
        {
            return;
        }

        shown = tenth;
        var stages = string.Join(", ", state.Stages.Where(stage => stage.Count > 0).Select(stage => $"{stage.Count} {stage.Stage}"));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{state.Elapsed.TotalSeconds,5:F1} s  {state.Ended} of {state.Total} ended: {stages}; the partner has {state.HeardByPartner} events"));
    }
}
