using Orders.Contracts;
using static Orders.Api.OrderProcess.OrderState;
using static Orders.Api.OrderProcess.StateRules;
using static Orders.Api.OrderProcess.Transitions.Answers;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>On the way to cancelled: what is in flight is waited for, then undone.</summary>
internal static class Cancelling
{
    private const string PaymentDecides = "The order is cancelled as soon as the payment is closed, whatever dispatch says.";
    private const string ShipmentDecides = "The shipment's answer to StopShipment decides.";
    private const string CaptureDecides = "The answer to the capture decides.";

    public static IReadOnlyList<StateRules> States { get; } =
    [
        Cancel(CancellingCapture)
            .On<PaymentCaptured>(StoppingShipment, Say.StopShipment)
            .On<PaymentCaptureFailed>(Voiding, Say.StopShipment, Say.VoidPayment, Say.ReleaseStock)
            .Closed(Cancelled, Say.StopShipment, Say.ReleaseStock, Say.Cancelled)
            .Ignore(CaptureDecides, HandledMessages.OfShipment),

        Cancel(StoppingShipment)
            .On<ShipmentStopped>(Refunding, Say.RefundPayment, Say.ReleaseStock)
            .On<ShipmentDispatched>(Completed, Say.CommitStock, Say.Completed)
            .Ignore(ShipmentDecides, typeof(ShipmentPacked), typeof(DispatchFailed))
            .Ignore(ShipmentDecides, HandledMessages.OfCapture)
            .Ignore(ShipmentDecides, HandledMessages.OfClosing),

        Cancel(Refunding).Closed(Cancelled, Say.Cancelled)
            .Ignore("Dispatch has answered: the shipment stays for good.", HandledMessages.OfShipment)
            .Ignore(Duplicate, HandledMessages.OfCapture),

        Cancel(Voiding).Closed(Cancelled, Say.Cancelled)
            .Ignore(PaymentDecides, HandledMessages.OfShipment)
            .Ignore("VoidPayment gives back what was captured all the same.", HandledMessages.OfCapture),
    ];

    private static StateRules Cancel(OrderState state) => In(state)
        .Ignore("The order is being cancelled: ReleaseStock and the closing of the payment undo whatever this announces.", HandledMessages.Joined)
        .Ignore("The order is being cancelled already.", typeof(CancelOrder), typeof(DispatchDeadline));
}
