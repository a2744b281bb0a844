using System.Text;
using Orders.Api.OrderProcess;

namespace Orders.Tests.Unit.Orders.OrderProcess;

/// <summary>Writes the transition table for people.</summary>
internal static class OrderStatesDocument
{
    public static string Render()
    {
        var text = new StringBuilder();
        text.Append(Introduction);
        AppendDiagram(text);
        foreach (var state in Enum.GetValues<OrderState>())
        {
            AppendState(text, state);
        }

        return text.ToString();
    }

    private static void AppendDiagram(StringBuilder text)
    {
        text.Append("\n## The diagram\nThe states of answers that overtake `OrderPlaced` are left out here; they stand in the tables.\n\n");
        text.Append("```mermaid\nstateDiagram-v2\n    [*] --> AwaitingBoth: OrderPlaced\n");
        var edges = OrderTransitions.Current.All.OfType<Transition>()
            .Where(rule => rule.From >= OrderState.AwaitingBoth)
            .GroupBy(rule => (rule.From, rule.To));
        foreach (var edge in edges)
        {
            var messages = string.Join(", ", edge.Select(rule => rule.Message.Name).Order(StringComparer.Ordinal));
            text.Append($"    {edge.Key.From} --> {edge.Key.To}: {messages}\n");
        }

        foreach (var end in Enum.GetValues<OrderState>().Where(OrderStates.IsEnd))
        {
            text.Append($"    {end} --> [*]\n");
        }

        text.Append("```\n\n## The table\n");
    }

    private static void AppendState(StringBuilder text, OrderState state)
    {
        var rules = OrderTransitions.Current.All.Where(rule => rule.From == state).ToArray();
        text.Append($"\n### {state} ({state.Status()})\n");
        if (rules.OfType<Transition>().Any())
        {
            text.Append("| message | next | says |\n| --- | --- | --- |\n");
        }

        foreach (var rule in rules.OfType<Transition>().OrderBy(rule => rule.Message.Name, StringComparer.Ordinal))
        {
            var says = rule.Effects.Count == 0 ? "–" : string.Join(", ", rule.Effects.Select(effect => effect.Name));
            var unless = rule.Unless is { } exemption ? $" (no-op: {exemption.Because})" : "";
            text.Append($"| `{rule.Message.Name}`{unless} | {rule.To} | {says} |\n");
        }

        text.Append("\nNo-ops:\n");
        foreach (var reason in rules.OfType<Ignored>().GroupBy(rule => rule.Because).OrderBy(reason => reason.Key, StringComparer.Ordinal))
        {
            var messages = string.Join(", ", reason.Select(rule => $"`{rule.Message.Name}`").Order(StringComparer.Ordinal));
            text.Append($"- {reason.Key} {messages}\n");
        }
    }

    private const string Introduction =
        """
        # The states of an order

        Generated from the transition table in `src/Orders.Api/OrderProcess/Transitions`. Do not edit: change the table and run
        the unit tests once with `ORDERS_WRITE_DOCS=1`.

        Every message has exactly one rule in every state: a transition, with what the process then says, or a no-op with its
        reason. The status that shoppers see stands in brackets. A transition to an end ends the process; its timeouts go with it.

        """;
}
