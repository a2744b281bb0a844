using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Tests.Unit.Dispatch.Shipments;

/// <summary>A shipment in a given state.</summary>
internal static class SomeShipment
{
    public static readonly DateTimeOffset Now = new(2026, 1, 13, 12, 0, 0, TimeSpan.Zero);

    public static Shipment In(ShipmentState state, string? carrier = null, int round = 0, bool stopRequested = false, bool unknown = false) => new()
    {
        OrderId = new Guid("01900000-0000-7000-8000-000000000001"),
        Lines = [new PackedLine("2341083", 2), new PackedLine("85123A", 1)],
        ShipTo = new Address("David Xiang", "1 Main St", "Springfield", "12345", "US"),
        Progress = new(state, carrier, round, StopRequested: stopRequested, BookingUnknown: unknown),
    };
}
