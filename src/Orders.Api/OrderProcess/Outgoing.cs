namespace Orders.Api.OrderProcess;

/// <summary>What a decision says. The saga carries it out.</summary>
internal abstract record Outgoing(object Message);

internal sealed record OutgoingCommand(object Message) : Outgoing(Message);

internal sealed record OutgoingEvent(object Message) : Outgoing(Message);

internal sealed record OutgoingTimeout(object Message, DateTimeOffset At) : Outgoing(Message);
