using Orders.Api.EraseOrders;
using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>How events read in an order's timeline.</summary>
internal static class OrderTimeline
{
    /// <summary>What may truly happen to one order more than once. Everything else is told once, whatever its time says.</summary>
    private static readonly HashSet<string> Repeatable =
        ["stock-held", "stock-released", "dispatch-failed", "needs-attention"];

    /// <summary>True when the timeline holds this event already: it was delivered, or published, twice.</summary>
    public static bool Tells(OrderDocument order, TimelineEntry entry) => order.Timeline.Any(
        known => known.Event == entry.Event && (known.At == entry.At || !Repeatable.Contains(entry.Event)));

    public static TimelineEntry EntryOf(IEvent message) => message switch
    {
        OrderPlaced placed => new(placed.PlacedAt, "order-placed", null),
        StockReserved held => new(held.At, "stock-held", null),
        StockShort missing => new(missing.At, "stock-short", string.Join(", ", missing.Skus)),
        StockReleased released => new(released.At, "stock-released", null),
        StockCommitted committed => new(committed.At, "stock-committed", null),
        PaymentAuthorised authorised => new(authorised.At, "payment-authorised", null),
        PaymentDeclined declined => new(declined.At, "payment-declined", declined.Reason),
        PaymentUnresolved unresolved => new(unresolved.At, "payment-unresolved", null),
        PaymentCaptured captured => new(captured.At, "payment-captured", null),
        PaymentCaptureFailed failed => new(failed.At, "payment-capture-failed", failed.Reason),
        PaymentVoided voided => new(voided.At, "payment-voided", null),
        PaymentRefunded refunded => new(refunded.At, "payment-refunded", null),
        DeliveryPromised promised => new(promised.At, "delivery-promised", null),
        ShipmentPacked packed => new(packed.At, "shipment-packed", null),
        ShipmentDispatched dispatched => new(dispatched.At, "shipment-dispatched", dispatched.Carrier),
        DispatchFailed failed => new(failed.At, "dispatch-failed", failed.Reason),
        ShipmentStopped stopped => new(stopped.At, "shipment-stopped", null),
        OrderConfirmed confirmed => new(confirmed.At, "order-confirmed", null),
        OrderCancelling cancelling => new(cancelling.At, "order-cancelling", cancelling.Reason),
        OrderNeedsAttention attention => new(attention.At, "needs-attention", attention.Detail),
        OrderCompleted completed => new(completed.At, "order-completed", null),
        OrderRejected rejected => new(rejected.At, "order-rejected", rejected.Reason),
        OrderCancelled cancelled => new(cancelled.At, "order-cancelled", cancelled.Reason),
        _ => throw Unknown(message),
    };

    /// <summary>The status that an entry decides, or null.</summary>
    public static string? EndOf(string entry) => entry switch
    {
        "order-completed" => OrderStatus.Completed,
        "order-rejected" => OrderStatus.Rejected,
        "order-cancelled" => OrderStatus.Cancelled,
        _ => null,
    };

    public static Guid OrderOf(object message) => message switch
    {
        EraseOrder e => e.OrderId,
        OrderPlaced e => e.OrderId,
        StockReserved e => e.OrderId,
        StockShort e => e.OrderId,
        StockReleased e => e.OrderId,
        StockCommitted e => e.OrderId,
        PaymentAuthorised e => e.OrderId,
        PaymentDeclined e => e.OrderId,
        PaymentUnresolved e => e.OrderId,
        PaymentCaptured e => e.OrderId,
        PaymentCaptureFailed e => e.OrderId,
        PaymentVoided e => e.OrderId,
        PaymentRefunded e => e.OrderId,
        DeliveryPromised e => e.OrderId,
        ShipmentPacked e => e.OrderId,
        ShipmentDispatched e => e.OrderId,
        DispatchFailed e => e.OrderId,
        ShipmentStopped e => e.OrderId,
        OrderConfirmed e => e.OrderId,
        OrderCancelling e => e.OrderId,
        OrderNeedsAttention e => e.OrderId,
        OrderCompleted e => e.OrderId,
        OrderRejected e => e.OrderId,
        OrderCancelled e => e.OrderId,
        _ => Guid.Empty,
    };

    public static InvalidOperationException Unknown(IEvent message) => new(
        $"{message.GetType().Name} has no place in an order's document. Give it an entry in OrderTimeline and a change in OrderProjection.");
}
