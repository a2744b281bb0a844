namespace Orders.Tests.Unit.Replay;

/// <summary>Edits that change what the order process does. Where a state is reached by several messages, the step may be any of theirs.</summary>
internal static class BreakingEdits
{
    private const string Confirming = "payments.payment-authorised inventory.stock-reserved orders.order-placed";
    private const string Any = "";

    public static IReadOnlyList<Edit> All { get; } =
    [
        new("a send is removed", "Transitions/Fulfilling.cs", ".On<ShipmentPacked>(Capturing, Say.CapturePayment)", ".On<ShipmentPacked>(Capturing)", "dispatch.shipment-packed", "sent[0]"),
        new("a send is added", "Transitions/Fulfilling.cs", ".On<ShipmentPacked>(Capturing, Say.CapturePayment)", ".On<ShipmentPacked>(Capturing, Say.CapturePayment, Say.HandOverShipment)", "dispatch.shipment-packed", "sent[1]"),
        new("sends are reordered", "Transitions/Answers.cs", "[Say.Confirmed, Say.DispatchOrder, Say.DispatchDeadline]", "[Say.DispatchOrder, Say.Confirmed, Say.DispatchDeadline]", Confirming, "sent[0]"),
        new("sends are reordered after a stop", "Transitions/Cancelling.cs", "(Refunding, Say.RefundPayment, Say.ReleaseStock)", "(Refunding, Say.ReleaseStock, Say.RefundPayment)", "dispatch.shipment-stopped", "sent[0]"),
        new("a timer is removed", "Transitions/Answers.cs", "[Say.Confirmed, Say.DispatchOrder, Say.DispatchDeadline]", "[Say.Confirmed, Say.DispatchOrder]", Confirming, "sent[2]"),
        new("a timer is set to another time", "Say.cs", "now.Now + now.Deadlines.Payment", "now.Now + now.Deadlines.Hold", "orders.order-placed", "sent[0]"),
        new("a timer is set to twice the time", "Say.cs", "now.Now + now.Deadlines.Dispatch", "now.Now + (2 * now.Deadlines.Dispatch)", Confirming, "sent[2]"),
        new("another command is sent", "Transitions/Answers.cs", ".On<StockShort>(OrderState.Rejected, Say.VoidPayment,", ".On<StockShort>(OrderState.Rejected, Say.RefundPayment,", "inventory.stock-short", "sent[0]"),
        new("a reason is another", "Transitions/Answers.cs", "Say.Rejected(RejectionReasons.OutOfStock)", "Say.Rejected(RejectionReasons.PaymentDeclined)", "inventory.stock-short", "sent[1].body.reason"),
        new("a guard is removed", "Transitions/Joining.cs", ".On<StockReserved>(Packing, FirstHold, Confirmation)", ".On<StockReserved>(Packing, Confirmation)", "inventory.stock-reserved", "state.progress.state"),
        new("a guard is turned round", "Transitions/Joining.cs", "ExpiresAt <= at", "ExpiresAt > at", "inventory.stock-reserved", "state.progress.state"),
        new("a state is another", "Transitions/Fulfilling.cs", "(HandingOver, Say.HandOverShipment)", "(HandOverFailed, Say.HandOverShipment)", "payments.payment-captured", "state.progress.state"),
        new("something else is remembered", "Remember.cs", "line.Quantity, line.UnitPrice.Minor", "line.Quantity + 1, line.UnitPrice.Minor", "orders.order-placed", "state.progress.lines[0].quantity"),
        new("a sum is another", "OrderProgress.cs", "* unit.Quantity)", "* (unit.Quantity + 1))", "dispatch.shipment-packed", "sent[0].body.amount"),
        new("the wall clock is read", "OrderSaga.cs", "clock.GetUtcNow()", "TimeProvider.System.GetUtcNow()", Any, "sent"),
        new("chance decides", "OrderSaga.cs", "Data.Progress = decision.Progress;", "Data.Progress = decision.Progress with { Reason = Guid.NewGuid().ToString() };", Any, "state.progress.reason"),
        new("a state of its own is kept", "OrderSaga.cs", "Data.Progress = decision.Progress;", "Data.Progress = decision.Progress with { Currency = Data.Progress.Currency is null || !seen.Add(Data.OrderId) ? decision.Progress.Currency : null };\n    }\n\n    private static readonly HashSet<Guid> seen = [];\n\n    private async Task Rest(Decision decision, IMessageHandlerContext context)\n    {", Any, "sent"),
        new("it ends later than it did", "OrderSaga.cs", "if (decision.Progress.State.IsEnd())", "if (decision.Progress.State is OrderState.Completed)", Any, "completed"),
        new("it never ends", "OrderSaga.cs", "MarkAsComplete();", "_ = decision;", Any, "completed"),
        new("an end is none any more", "OrderStates.cs", "state is Completed or Rejected or Cancelled;", "state is Completed or Rejected;", "payments.payment-voided payments.payment-refunded orders.cancel-order", "completed"),
        new("commands go to itself", "OrderSaga.cs", "context.Send(command.Message)", "context.SendLocal(command.Message)", Any, "sent"),
        new("events are sent as commands", "OrderSaga.cs", "context.Publish(happened.Message)", "context.Send(happened.Message)", Any, "sent"),
        new("everything is said twice", "OrderSaga.cs", "await CarryOut(outgoing, context);", "await CarryOut(outgoing, context);\n            await CarryOut(outgoing, context);", Any, "sent"),
        new("everything is said backwards", "OrderSaga.cs", "foreach (var outgoing in decision.Outgoing)", "foreach (var outgoing in decision.Outgoing.Reverse())", Any, "sent[0]"),
        new("a cancellation forgets the stock", "Transitions/Answers.cs", "Say.Cancelling, Say.VoidPayment, Say.ReleaseStock)", "Say.Cancelling, Say.VoidPayment)", "orders.cancel-order", "sent[2]"),
        new("a reason is not remembered", "Transitions/Answers.cs", "(OrderState.Voiding, Remember.Reason, Say.Cancelling,", "(OrderState.Voiding, Say.Cancelling,", "orders.cancel-order", "the step"),
        new("nobody is told that an order needs attention", "Transitions/Fulfilling.cs", ".On<DispatchFailed>(HandOverFailed, Say.NeedsAttention)", ".On<DispatchFailed>(HandOverFailed)", "dispatch.dispatch-failed", "sent[0]"),
        new("stock is not committed", "Transitions/Fulfilling.cs", ".On<ShipmentDispatched>(Completed, Say.CommitStock, Say.Completed)", ".On<ShipmentDispatched>(Completed, Say.Completed)", "dispatch.shipment-dispatched", "sent[0]"),
        new("a shipment is not stopped when its capture fails", "Transitions/Fulfilling.cs", "Say.VoidPayment, Say.ReleaseStock, Say.StopShipment, Say.Rejected(RejectionReasons.CaptureFailed)", "Say.VoidPayment, Say.ReleaseStock, Say.Rejected(RejectionReasons.CaptureFailed)", "payments.payment-capture-failed", "sent[2]"),
        new("an expired hold is released for good", "Transitions/Joining.cs", "Say.ReleaseExpired)\n            .On<PaymentAuthorised>(AwaitingStock)", "Say.ReleaseStock)\n            .On<PaymentAuthorised>(AwaitingStock)", "inventory.hold-expired", "sent[0].body.expiredBy"),
        new("a member of the data is renamed", "OrderSagaData.cs", "public OrderProgress Progress", "[System.Text.Json.Serialization.JsonPropertyName(\"steps\")] public OrderProgress Progress", Any, "state.progress"),
        new("a state's name is changed", "OrderState.cs", "    Packing,\n", "    [System.Text.Json.Serialization.JsonStringEnumMemberName(\"Packed\")] Packing,\n", Confirming, "state.progress.state"),
        new("an answer starts no order any more", "OrderSaga.cs", "IAmStartedByMessages<StockReserved>", "IHandleMessages<StockReserved>", "inventory.stock-reserved", "the step"),
        new("an answer finds another order", "OrderSaga.cs", ".ToMessage<PaymentCaptured>(message => message.OrderId)", ".ToMessage<PaymentCaptured>(message => new Guid(message.OrderId.ToByteArray(), true))", "payments.payment-captured", "the step"),
        new("what is remembered is dropped early", "OrderDecision.cs", "? progress with { State = state }", "? progress with { State = state, Currency = null }", "orders.order-placed", "state.progress.currency"),
    ];
}
