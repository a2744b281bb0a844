using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>What partners may see of a document.</summary>
internal static class PartnerView
{
    private static readonly HashSet<string> Known =
    [
        RejectionReasons.OutOfStock, RejectionReasons.PaymentDeclined, RejectionReasons.PaymentUnresolved, RejectionReasons.CaptureFailed,
        CancellationReasons.ByShopper, CancellationReasons.ByOperator, CancellationReasons.DispatchFailed,
    ];

    public static OrderStatusChanged Of(OrderDocument order) => new(
        order.OrderId, order.Status, Reason(order.Reason), order.Version, order.PlacedAt, order.UpdatedAt, order.Prime, order.Lines, order.Total,
        new(order.Payment.Status, order.Payment.Authorised, order.Payment.Captured, order.Payment.Refunded),
        new(order.Shipment.Status, order.Shipment.PromisedBy, order.Shipment.TrackingNumber, order.Shipment.DispatchedAt));

    /// <summary>Whoever cancels may write what they like, about themselves as well: a partner reads one of our own words.</summary>
    private static string? Reason(string? reason) => reason is null || Known.Contains(reason) ? reason : CancellationReasons.ByShopper;
}
