using Orders.Contracts;
using Orders.Dispatch.Shipments;
using Orders.Payments.Authorise;
using Orders.Payments.Capture;
using Orders.Payments.Close;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Who hears what, of those that take part.</summary>
internal static class Routes
{
    public static string[] Of(object message, string? to) => message switch
    {
        _ when to is not null => [to],
        OrderPlaced => [Endpoints.Orders, Endpoints.Inventory, Endpoints.Payments, Endpoints.Dispatch],
        ReserveStock or ReleaseStock or CommitStock => [Endpoints.Inventory],
        CapturePayment or VoidPayment or RefundPayment => [Endpoints.Payments],
        DispatchOrder or HandOverShipment or StopShipment => [Endpoints.Dispatch],
        CancelOrder or StockReserved or StockShort or HoldExpired => [Endpoints.Orders],
        PaymentAuthorised or PaymentDeclined or PaymentUnresolved or PaymentCaptured or PaymentCaptureFailed or PaymentVoided or PaymentRefunded => [Endpoints.Orders],
        ShipmentPacked or ShipmentDispatched or DispatchFailed or ShipmentStopped => [Endpoints.Orders],
        // What only read models and analytics hear decides nothing.
        OrderConfirmed or OrderCompleted or OrderRejected or OrderCancelling or OrderCancelled or OrderNeedsAttention => [],
        StockReleased or StockCommitted or StockLow or DeliveryPromised => [],
        AuthorisationAnswered or CaptureAnswered or ClosingAnswered => [Endpoints.Payments],
        IBookingOutcome => [Endpoints.Dispatch],
        _ => throw new InvalidOperationException($"Say here who hears {message.GetType().Name}."),
    };
}
