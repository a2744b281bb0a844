namespace Orders.Contracts;

/// <summary>The shipment stays in the warehouse for good.</summary>
public sealed record ShipmentStopped(Guid OrderId, DateTimeOffset At) : IEvent;
