namespace Orders.Contracts;

/// <summary>The order's end: paid and dispatched.</summary>
public sealed record OrderCompleted(Guid OrderId, DateTimeOffset At) : IEvent;
