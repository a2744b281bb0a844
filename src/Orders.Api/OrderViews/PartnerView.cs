using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>What partners may see of a document.</summary>
internal static class PartnerView
{
    public static OrderStatusChanged Of(OrderDocument order) => new(
        order.OrderId, order.Status, OurReasons.Of(order.Reason), order.Version, order.PlacedAt, order.UpdatedAt, order.Prime, order.Lines, order.Total,
        new(order.Payment.Status, order.Payment.Authorised, order.Payment.Captured, order.Payment.Refunded),
        new(order.Shipment.Status, order.Shipment.PromisedBy, order.Shipment.TrackingNumber, order.Shipment.DispatchedAt));
}
