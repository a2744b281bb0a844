namespace Orders.Contracts;

/// <summary>No carrier took the shipment.</summary>
public sealed record DispatchFailed(Guid OrderId, string Reason, DateTimeOffset At) : IEvent;
