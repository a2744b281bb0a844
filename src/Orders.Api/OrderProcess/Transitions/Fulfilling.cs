using Orders.Contracts;
using static Orders.Api.OrderProcess.OrderState;
using static Orders.Api.OrderProcess.StateRules;
using static Orders.Api.OrderProcess.Transitions.Answers;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>Confirmed: pack, capture what is packed, hand over, done. Nothing leaves the house before the money is taken.</summary>
internal static class Fulfilling
{
    private const string NotHandedOver = "Nothing is handed to a carrier before HandOverShipment.";
    private const string NotStopped = "Nobody asked dispatch to stop.";

    /// <summary>The payment closed by itself: there is nothing left to capture, and nothing ships.</summary>
    private static readonly Effect[] Unpaid = [Say.ReleaseStock, Say.StopShipment, Say.Rejected(RejectionReasons.CaptureFailed)];

    public static IReadOnlyList<StateRules> States { get; } =
    [
        Confirmed(Packing)
            .On<ShipmentPacked>(Capturing, Say.CapturePayment)
            .Closed(Rejected, Unpaid)
            .CancelTo(Voiding, Say.StopShipment, Say.VoidPayment, Say.ReleaseStock)
            .Ignore("No capture was asked for.", HandledMessages.OfCapture)
            .Ignore(NotHandedOver, typeof(ShipmentDispatched), typeof(DispatchFailed)),

        Confirmed(Capturing)
            .On<PaymentCaptured>(HandingOver, Say.HandOverShipment)
            .On<PaymentCaptureFailed>(
                Rejected, Say.VoidPayment, Say.ReleaseStock, Say.StopShipment, Say.Rejected(RejectionReasons.CaptureFailed))
            .Closed(Rejected, Unpaid)
            .CancelTo(CancellingCapture)
            .Ignore<ShipmentPacked>(Duplicate)
            .Ignore(NotHandedOver, typeof(ShipmentDispatched), typeof(DispatchFailed)),

        HandedOver(HandingOver)
            .On<DispatchFailed>(HandOverFailed, Say.NeedsAttention),

        HandedOver(HandOverFailed)
            .Ignore<DispatchFailed>("An operator has been told."),
    ];

    private static StateRules Confirmed(OrderState state) => In(state)
        .Ignore("The order is confirmed: stock is held until it is released, and the capture decides about the money.", HandledMessages.Joined)
        .Ignore<ShipmentStopped>(NotStopped);

    private static StateRules HandedOver(OrderState state) => Confirmed(state)
        .On<ShipmentDispatched>(Completed, Say.CommitStock, Say.Completed)
        .CancelTo(StoppingShipment, Say.StopShipment)
        .Ignore("Payments gives back what it captured only when it is asked to.", HandledMessages.OfClosing)
        .Ignore<PaymentCaptured>(Duplicate)
        .Ignore<PaymentCaptureFailed>(OneAnswer)
        .Ignore<ShipmentPacked>(Duplicate);

    /// <summary>Someone cancels, or the dispatch deadline does.</summary>
    private static StateRules CancelTo(this StateRules state, OrderState to, params Effect[] effects) => state
        .On<CancelOrder>(to, Remember.Reason, [Say.Cancelling, .. effects])
        .On<DispatchDeadline>(to, Remember.Reason, [Say.Cancelling, .. effects]);
}
