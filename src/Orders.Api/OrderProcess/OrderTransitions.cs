using System.Collections.Frozen;
using Orders.Api.OrderProcess.Transitions;

namespace Orders.Api.OrderProcess;

/// <summary>A transition table: every (state, message) pair has exactly one rule. The process runs on <see cref="Current"/>.</summary>
internal sealed class OrderTransitions
{
    private readonly FrozenDictionary<(OrderState State, Type Message), Rule> byPair;

    /// <exception cref="InvalidOperationException">A pair has no rule, or two.</exception>
    public OrderTransitions(IReadOnlyList<Rule> rules) => (All, byPair) = (rules, Index(rules));

    public static OrderTransitions Current { get; } = new(
    [
        .. new[] { BeforePlaced.States, Joining.States, Fulfilling.States, Cancelling.States, Ends.States }
            .SelectMany(states => states)
            .SelectMany(state => state.Rules),
    ]);

    /// <summary>All rules, in the order of the states.</summary>
    public IReadOnlyList<Rule> All { get; }

    public Rule Find(OrderState state, Type message) => byPair.TryGetValue((state, message), out var rule)
        ? rule
        : throw new InvalidOperationException($"The order process does not handle {message.Name}. Give it a rule in every state.");

    private static FrozenDictionary<(OrderState State, Type Message), Rule> Index(IReadOnlyList<Rule> rules)
    {
        var grouped = rules.GroupBy(rule => (rule.From, rule.Message)).ToDictionary(group => group.Key, group => group.ToArray());
        var wrong = Enum.GetValues<OrderState>()
            .SelectMany(_ => HandledMessages.All, (state, message) => (state, message))
            .Where(pair => grouped.GetValueOrDefault(pair)?.Length != 1)
            .Select(pair => $"{pair.state}/{pair.message.Name}")
            .ToArray();
        return wrong.Length == 0
            ? rules.ToFrozenDictionary(rule => (rule.From, rule.Message))
            : throw new InvalidOperationException($"Give each of these pairs exactly one rule: {string.Join(", ", wrong)}.");
    }
}
