using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>The steps that several decisions share.</summary>
internal static class Asking
{
    public static Step Carrier(Shipment shipment, Progress next) =>
        new(next, new BookCarrier(shipment.OrderId, next.Carrier!, next.Round, shipment.ShipTo!));

    public static CancelBooking ToCancel(Shipment shipment) => new(shipment.OrderId, shipment.Progress.Carrier!, shipment.Progress.Round);
}
