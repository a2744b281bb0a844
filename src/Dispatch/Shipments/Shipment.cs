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

    public ShipmentState State { get; private set; }

    public string? Carrier { get; private set; }

    public int Round { get; private set; }

    public string? TrackingNumber { get; private set; }

    public bool StopRequested { get; private set; }

    public bool BookingUnknown { get; private set; }

    public Progress Progress
    {
        get => new(State, Carrier, Round, TrackingNumber, StopRequested, BookingUnknown);
        set => (State, Carrier, Round, TrackingNumber, StopRequested, BookingUnknown) =
            (value.State, value.Carrier, value.Round, value.TrackingNumber, value.StopRequested, value.BookingUnknown);
    }
}
