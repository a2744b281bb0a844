using System.Collections.Frozen;
using Orders.Api.OrderProcess.Transitions;

namespace Orders.Api.OrderProcess;

/// <summary>The one transition table: every (state, message) pair has exactly one rule, or the process does not start.</summary>
internal static class OrderTransitions
{
    /// <summary>All rules, in the order of the states.</summary>
    public static IReadOnlyList<Rule> All { get; } =
    [
        .. new[] { BeforePlaced.States, Joining.States, Fulfilling.States, Cancelling.States, Ends.States }
            .SelectMany(states => states)
            .SelectMany(state => state.Rules),
    ];

    private static readonly FrozenDictionary<(OrderState State, Type Message), Rule> Rules = Index(All);

    public static Rule Find(OrderState state, Type message) => Rules.TryGetValue((state, message), out var rule)
        ? rule
        : throw new InvalidOperationException($"The order process does not handle {message.Name}. Give it a rule in every state.");

    /// <summary>Refuses a table with a pair that has no rule or two.</summary>
    internal static FrozenDictionary<(OrderState State, Type Message), Rule> Index(IReadOnlyList<Rule> rules)
    {
        var byPair = rules.GroupBy(rule => (rule.From, rule.Message)).ToDictionary(group => group.Key, group => group.ToArray());
        var wrong = Enum.GetValues<OrderState>()
            .SelectMany(_ => HandledMessages.All, (state, message) => (state, message))
            .Where(pair => byPair.GetValueOrDefault(pair)?.Length != 1)
            .Select(pair => $"{pair.state}/{pair.message.Name}")
            .ToArray();
        return wrong.Length == 0
            ? rules.ToFrozenDictionary(rule => (rule.From, rule.Message))
            : throw new InvalidOperationException($"Give each of these pairs exactly one rule: {string.Join(", ", wrong)}.");
    }
}
