namespace Orders.Api.OrderProcess;

/// <summary>What one message does in one state.</summary>
internal abstract record Rule(OrderState From, Type Message);

/// <summary>The message moves the order.</summary>
internal sealed record Transition(OrderState From, Type Message, OrderState To, IReadOnlyList<Effect> Effects) : Rule(From, Message)
{
    /// <summary>What of the message is kept, before the effects read it.</summary>
    public Func<Situation, OrderProgress>? Remember { get; init; }

    /// <summary>When the message is a no-op after all.</summary>
    public Exemption? Unless { get; init; }
}

/// <summary>The message is known in this state and does nothing.</summary>
internal sealed record Ignored(OrderState From, Type Message, string Because) : Rule(From, Message);

internal sealed record Exemption(Func<Situation, bool> Applies, string Because);

/// <summary>One message that a transition sends. The name is for people.</summary>
internal sealed record Effect(string Name, Func<Situation, Outgoing> Create);
