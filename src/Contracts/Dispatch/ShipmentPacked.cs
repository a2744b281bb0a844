namespace Orders.Contracts;

/// <summary>The shipment is packed: exactly these units.</summary>
public sealed record ShipmentPacked(Guid OrderId, IReadOnlyList<PackedLine> Lines, DateTimeOffset At) : IEvent;
