namespace Orders.Contracts;

/// <summary>How an order's shipment stands: pending, promised, packed, dispatched, failed or stopped.</summary>
public sealed record OrderShipment(string Status, DateTimeOffset? PromisedBy, string? TrackingNumber, DateTimeOffset? DispatchedAt);
