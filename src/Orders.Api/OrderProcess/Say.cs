using Orders.Contracts;

namespace Orders.Api.OrderProcess;

/// <summary>Every message that the process sends, and how it is made.</summary>
internal static class Say
{
    public static Effect ReleaseStock { get; } = Command(nameof(ReleaseStock), now => new ReleaseStock(now.OrderId));

    /// <summary>Leaves a hold alone that is renewed meanwhile.</summary>
    public static Effect ReleaseExpired { get; } = Command(
        nameof(ReleaseStock) + " (expired)", now => new ReleaseStock(now.OrderId, now.Progress.HoldExpiredAt));

    public static Effect CommitStock { get; } = Command(nameof(CommitStock), now => new CommitStock(now.OrderId));

    public static Effect ReserveStock { get; } = Command(nameof(ReserveStock), now => new ReserveStock(now.OrderId, Lines(now.Progress)));

    public static Effect VoidPayment { get; } = Command(nameof(VoidPayment), now => new VoidPayment(now.OrderId));

    public static Effect RefundPayment { get; } = Command(nameof(RefundPayment), now => new RefundPayment(now.OrderId));

    public static Effect CapturePayment { get; } = Command(
        nameof(CapturePayment), now => new CapturePayment(now.OrderId, now.Progress.PriceOf(((ShipmentPacked)now.Message).Lines)));

    public static Effect DispatchOrder { get; } = Command(nameof(DispatchOrder), now => new DispatchOrder(now.OrderId));

    public static Effect HandOverShipment { get; } = Command(nameof(HandOverShipment), now => new HandOverShipment(now.OrderId));

    public static Effect StopShipment { get; } = Command(nameof(StopShipment), now => new StopShipment(now.OrderId));

    public static Effect Confirmed { get; } = Event(nameof(OrderConfirmed), now => new OrderConfirmed(now.OrderId, now.Now));

    public static Effect Completed { get; } = Event(nameof(OrderCompleted), now => new OrderCompleted(now.OrderId, now.Now));

    public static Effect Cancelling { get; } = Event(
        nameof(OrderCancelling), now => new OrderCancelling(now.OrderId, now.Progress.Reason!, now.Now));

    public static Effect Cancelled { get; } = Event(
        nameof(OrderCancelled), now => new OrderCancelled(now.OrderId, now.Progress.Reason!, now.Now));

    public static Effect NeedsAttention { get; } = Event(
        nameof(OrderNeedsAttention), now => new OrderNeedsAttention(now.OrderId, ((DispatchFailed)now.Message).Reason, now.Now));

    public static Effect PaymentDeadline { get; } = new(
        nameof(PaymentDeadline) + " (timeout)",
        now => new OutgoingTimeout(new PaymentDeadline(now.OrderId), now.Now + now.Deadlines.Payment));

    public static Effect DispatchDeadline { get; } = new(
        nameof(DispatchDeadline) + " (timeout)",
        now => new OutgoingTimeout(new DispatchDeadline(now.OrderId), now.Now + now.Deadlines.Dispatch));

    public static Effect Rejected(string reason) => Event(
        $"{nameof(OrderRejected)} ({reason})", now => new OrderRejected(now.OrderId, reason, now.Now));

    // Inventory holds by sku and quantity: the name, which only people read, is not kept and the sku stands for it.
    private static OrderLine[] Lines(OrderProgress progress) =>
        [.. progress.Lines!.Select(line => new OrderLine(line.Sku, line.Sku, line.Quantity, line.UnitPrice(progress.Currency!)))];

    private static Effect Command(string name, Func<Situation, object> create) => new(name, now => new OutgoingCommand(create(now)));

    private static Effect Event(string name, Func<Situation, object> create) => new(name, now => new OutgoingEvent(create(now)));
}
