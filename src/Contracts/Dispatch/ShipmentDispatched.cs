namespace Orders.Contracts;

/// <summary>A carrier has the shipment.</summary>
public sealed record ShipmentDispatched(Guid OrderId, string Carrier, string TrackingNumber, DateTimeOffset At) : IEvent;
