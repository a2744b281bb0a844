using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>
/// What an event does to the document. Pure. An event that the document already tells, and one that no longer matters, leave
/// it as it is; every other appends one timeline entry. The status becomes an end only when the order has settled: once it
/// shows, stock and money show what the end says.
/// </summary>
internal static class OrderProjection
{
    public static OrderDocument Apply(OrderDocument order, IEvent message)
    {
        var entry = OrderTimeline.EntryOf(message);
        if (OrderTimeline.Tells(order, entry) || (order.End is not null && DecidesTheCourse(message)))
        {
            return order;
        }

        var next = Change(order, message) with
        {
            Timeline = [.. order.Timeline, entry],
            Version = order.Timeline.Count + 1,
            UpdatedAt = entry.At > order.UpdatedAt ? entry.At : order.UpdatedAt,
        };
        return next.End is { } end ? next with { Status = next.HasSettled ? end : order.Status } : next;
    }

    /// <summary>Once an end is decided so is the course; what is undone behind it still shows.</summary>
    private static bool DecidesTheCourse(IEvent message) =>
        message is OrderConfirmed or OrderCancelling or OrderCompleted or OrderRejected or OrderCancelled;

    private static OrderDocument Change(OrderDocument order, IEvent message) => message switch
    {
        StockReserved or StockShort or StockReleased or StockCommitted => order with { Stock = Stock(order.Stock, message) },
        PaymentAuthorised or PaymentDeclined or PaymentUnresolved or PaymentCaptured or PaymentCaptureFailed
            or PaymentVoided or PaymentRefunded => order with { Payment = Payment(order.Payment, message) },
        ShipmentPacked => order with
        {
            Status = OrderStatus.Further(order.Status, OrderStatus.Dispatching),
            Shipment = Shipment(order.Shipment, message),
        },
        DeliveryPromised or ShipmentDispatched or DispatchFailed or ShipmentStopped =>
            order with { Shipment = Shipment(order.Shipment, message) },
        OrderConfirmed => order with { Status = OrderStatus.Further(order.Status, OrderStatus.Confirmed) },
        OrderCancelling cancelling => order with { Status = OrderStatus.Cancelling, Reason = cancelling.Reason },
        OrderNeedsAttention => order with { NeedsAttention = true },
        OrderCompleted => order with { Reason = null, NeedsAttention = false },
        OrderRejected rejected => order with { Reason = rejected.Reason, NeedsAttention = false },
        OrderCancelled cancelled => order with { Reason = cancelled.Reason, NeedsAttention = false },
        _ => throw OrderTimeline.Unknown(message),
    };

    private static StockView Stock(StockView stock, IEvent message) => message switch
    {
        StockReserved => new("held"),
        StockShort => new("short"),
        StockReleased => stock.Status == "short" ? stock : new("released"),
        StockCommitted => new("committed"),
        _ => throw OrderTimeline.Unknown(message),
    };

    private static PaymentView Payment(PaymentView payment, IEvent message) => message switch
    {
        PaymentAuthorised authorised => payment with { Status = "authorised", Authorised = authorised.Amount },
        PaymentDeclined => payment with { Status = "declined" },
        PaymentUnresolved => payment with { Status = "unresolved" },
        PaymentCaptured captured => payment with { Status = "captured", Captured = captured.Amount },
        PaymentCaptureFailed => payment,
        PaymentVoided => payment.Status == "declined" ? payment : payment with { Status = "voided" },
        PaymentRefunded refunded => payment with { Status = "refunded", Refunded = refunded.Amount },
        _ => throw OrderTimeline.Unknown(message),
    };

    private static ShipmentView Shipment(ShipmentView shipment, IEvent message) => message switch
    {
        DeliveryPromised promised => shipment with
        {
            Status = shipment.Status == "pending" ? "promised" : shipment.Status,
            PromisedBy = promised.PromisedBy,
        },
        ShipmentPacked => shipment with { Status = "packed" },
        ShipmentDispatched dispatched =>
            shipment with { Status = "dispatched", TrackingNumber = dispatched.TrackingNumber, DispatchedAt = dispatched.At },
        DispatchFailed => shipment with { Status = "failed" },
        ShipmentStopped => shipment with { Status = "stopped" },
        _ => throw OrderTimeline.Unknown(message),
    };
}
