using Orders.Contracts;

namespace Orders.Dispatch.Shipments;

/// <summary>One order's shipment. A tombstone, left by a stop that came first, knows neither lines nor address.</summary>
internal sealed class Shipment
{
    public required Guid OrderId { get; init; }

    public IReadOnlyList<PackedLine> Lines { get; init; } = [];

    public Address? ShipTo { get; init; }

    public bool Prime { get; init; }

    public DateTimeOffset? PromisedBy { get; init; }

    public Progress Progress { get; set; } = new(ShipmentState.Promised);
}
