namespace Orders.Api.OrderProcess;

/// <summary>What the process remembers next and what it says. <c>Ignored</c> tells why a message changed nothing.</summary>
internal sealed record Decision(OrderProgress Progress, IReadOnlyList<Outgoing> Outgoing, string? Ignored = null);

/// <summary>The order process itself: pure, it looks the rule up and applies it.</summary>
internal static class OrderDecision
{
    public static Decision Decide(OrderTransitions table, Situation now) => table.Find(now.Progress.State, now.Message.GetType()) switch
    {
        Ignored rule => Nothing(now, rule.Because),
        Transition { Unless: { } unless } when unless.Applies(now) => Nothing(now, unless.Because),
        Transition rule => Apply(rule, now),
        var rule => throw new InvalidOperationException($"The rule {rule} is neither a transition nor a no-op. Decide it here."),
    };

    private static Decision Apply(Transition rule, Situation now)
    {
        var known = rule.Remember is null ? now : now with { Progress = rule.Remember(now) };
        var outgoing = new Outgoing[rule.Effects.Count];
        for (var i = 0; i < outgoing.Length; i++)
        {
            outgoing[i] = rule.Effects[i].Create(known);
        }

        return new(Next(known.Progress, rule.To), outgoing);
    }

    private static OrderProgress Next(OrderProgress progress, OrderState state) => state.NeedsLines()
        ? progress with { State = state }
        : progress with { State = state, Lines = null, Currency = null };

    private static Decision Nothing(Situation now, string because) => new(now.Progress, [], because);
}
