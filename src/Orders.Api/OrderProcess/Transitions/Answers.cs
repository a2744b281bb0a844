using Orders.Contracts;

namespace Orders.Api.OrderProcess.Transitions;

/// <summary>Rules that states which wait for the same answer share.</summary>
internal static class Answers
{
    public const string Duplicate = "It is a duplicate: this is known already.";
    public const string OneAnswer = "It contradicts the answer that was given first; a module answers once.";
    public const string HoldStays = "Inventory keeps the units held until ReleaseStock, and the payment is already good.";

    /// <summary>What confirms an order says: confirmed, pack it, and by when.</summary>
    public static Effect[] Confirmation { get; } = [Say.Confirmed, Say.DispatchOrder, Say.DispatchDeadline];

    public static StateRules WithoutStock(this StateRules state) => state
        .On<StockShort>(OrderState.Rejected, Say.VoidPayment, Say.Rejected(RejectionReasons.OutOfStock));

    public static StateRules WithoutPayment(this StateRules state) => state
        .On<PaymentDeclined>(OrderState.Rejected, Say.ReleaseStock, Say.Rejected(RejectionReasons.PaymentDeclined))
        .Unresolved<PaymentUnresolved>();

    /// <summary>The payment is not, or no longer, certain. A late success is undone by VoidPayment.</summary>
    public static StateRules Unresolved<T>(this StateRules state) => state
        .On<T>(OrderState.Rejected, Say.ReleaseStock, Say.VoidPayment, Say.Rejected(RejectionReasons.PaymentUnresolved));

    /// <summary>Authorised already: a decline contradicts it, but "unresolved" means that payments will undo it.</summary>
    public static StateRules Authorised(this StateRules state) => state
        .Ignore<PaymentAuthorised>(Duplicate)
        .Ignore<PaymentDeclined>(OneAnswer)
        .Unresolved<PaymentUnresolved>();

    /// <summary>
    /// Payments holds no money and never will. It says so once, maybe before the process asks: whoever ignores it could wait for
    /// the answer to a later VoidPayment for ever.
    /// </summary>
    public static StateRules Closed(this StateRules state, OrderState to, params Effect[] effects) => state
        .On<PaymentVoided>(to, effects)
        .On<PaymentRefunded>(to, effects);

    /// <summary>Nothing was sent to dispatch yet: closing the payment and the hold undoes all.</summary>
    public static StateRules CancelUnconfirmed(this StateRules state) => state
        .On<CancelOrder>(OrderState.Voiding, Remember.Reason, Say.Cancelling, Say.VoidPayment, Say.ReleaseStock)
        .Closed(OrderState.Rejected, Say.ReleaseStock, Say.Rejected(RejectionReasons.PaymentUnresolved))
        .Ignore("Nothing that this could answer is asked before the confirmation.", HandledMessages.AfterConfirmation);
}
