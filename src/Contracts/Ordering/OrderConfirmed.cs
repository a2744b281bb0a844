namespace Orders.Contracts;

/// <summary>Stock is held and payment authorised: the order will be dispatched.</summary>
public sealed record OrderConfirmed(Guid OrderId, DateTimeOffset At) : IEvent;
