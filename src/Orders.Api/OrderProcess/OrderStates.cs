using static Orders.Api.OrderProcess.OrderState;

namespace Orders.Api.OrderProcess;

/// <summary>Rules that several parts share about a state.</summary>
internal static class OrderStates
{
    public static bool IsEnd(this OrderState state) => state is Completed or Rejected or Cancelled;

    /// <summary>The lines are kept only as long as they may be reserved again or priced for the capture.</summary>
    public static bool NeedsLines(this OrderState state) => state is
        AwaitingBoth or AwaitingPayment or AwaitingPaymentUnheld or AwaitingStock or ReservingAgain or Packing;

    /// <summary>The status that API.md promises.</summary>
    public static string Status(this OrderState state) => state switch
    {
        New or HeldEarly or ExpiredEarly or AuthorisedEarly or BothEarly or AuthorisedExpiredEarly => "accepted",
        AwaitingBoth or AwaitingPayment or AwaitingPaymentUnheld or AwaitingStock or ReservingAgain => "accepted",
        Packing => "confirmed",
        Capturing or HandingOver or HandOverFailed => "dispatching",
        CancellingCapture or StoppingShipment or Refunding or Voiding => "cancelling",
        Completed => "completed",
        Rejected => "rejected",
        Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "This state has no status. Map it here."),
    };
}
