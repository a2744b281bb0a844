using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api.OrderProcess;

/// <summary>
/// One order from its placing to its one end. It only carries out what <see cref="OrderDecision"/> says; any of the first
/// answers may arrive before OrderPlaced, so each of them starts it.
/// </summary>
internal sealed class OrderSaga(OrderTransitions table, TimeProvider clock, Deadlines deadlines) : Saga<OrderSagaData>,
    IAmStartedByMessages<OrderPlaced>, IAmStartedByMessages<CancelOrder>,
    IAmStartedByMessages<StockReserved>, IAmStartedByMessages<StockShort>, IAmStartedByMessages<HoldExpired>,
    IAmStartedByMessages<PaymentAuthorised>, IAmStartedByMessages<PaymentDeclined>, IAmStartedByMessages<PaymentUnresolved>,
    IHandleMessages<PaymentCaptured>, IHandleMessages<PaymentCaptureFailed>,
    IHandleMessages<PaymentVoided>, IHandleMessages<PaymentRefunded>,
    IHandleMessages<ShipmentPacked>, IHandleMessages<ShipmentDispatched>,
    IHandleMessages<DispatchFailed>, IHandleMessages<ShipmentStopped>,
    IHandleTimeouts<PaymentDeadline>, IHandleTimeouts<DispatchDeadline>
{
    public Task Handle(OrderPlaced message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(CancelOrder message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(StockReserved message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(StockShort message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(HoldExpired message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentAuthorised message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentDeclined message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentUnresolved message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentCaptured message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentCaptureFailed message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentVoided message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(PaymentRefunded message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(ShipmentPacked message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(ShipmentDispatched message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(DispatchFailed message, IMessageHandlerContext context) => Advance(message, context);

    public Task Handle(ShipmentStopped message, IMessageHandlerContext context) => Advance(message, context);

    public Task Timeout(PaymentDeadline state, IMessageHandlerContext context) => Advance(state, context);

    public Task Timeout(DispatchDeadline state, IMessageHandlerContext context) => Advance(state, context);

    protected override void ConfigureHowToFindSaga(SagaPropertyMapper<OrderSagaData> mapper) => mapper
        .MapSaga(saga => saga.OrderId)
        .ToMessage<OrderPlaced>(message => message.OrderId)
        .ToMessage<CancelOrder>(message => message.OrderId)
        .ToMessage<StockReserved>(message => message.OrderId)
        .ToMessage<StockShort>(message => message.OrderId)
        .ToMessage<HoldExpired>(message => message.OrderId)
        .ToMessage<PaymentAuthorised>(message => message.OrderId)
        .ToMessage<PaymentDeclined>(message => message.OrderId)
        .ToMessage<PaymentUnresolved>(message => message.OrderId)
        .ToMessage<PaymentCaptured>(message => message.OrderId)
        .ToMessage<PaymentCaptureFailed>(message => message.OrderId)
        .ToMessage<PaymentVoided>(message => message.OrderId)
        .ToMessage<PaymentRefunded>(message => message.OrderId)
        .ToMessage<ShipmentPacked>(message => message.OrderId)
        .ToMessage<ShipmentDispatched>(message => message.OrderId)
        .ToMessage<DispatchFailed>(message => message.OrderId)
        .ToMessage<ShipmentStopped>(message => message.OrderId);

    private async Task Advance(object message, IMessageHandlerContext context)
    {
        var decision = OrderDecision.Decide(table, new(Data.OrderId, Data.Progress, message, clock.GetUtcNow(), deadlines));
        Data.Progress = decision.Progress;
        foreach (var outgoing in decision.Outgoing)
        {
            await CarryOut(outgoing, context);
        }

        if (decision.Progress.State.IsEnd())
        {
            MarkAsComplete();
        }
    }

    private Task CarryOut(Outgoing outgoing, IMessageHandlerContext context) => outgoing switch
    {
        OutgoingCommand command => context.Send(command.Message),
        OutgoingEvent happened => context.Publish(happened.Message),
        OutgoingTimeout { Message: PaymentDeadline deadline } timeout => RequestTimeout(context, timeout.At, deadline),
        OutgoingTimeout { Message: DispatchDeadline deadline } timeout => RequestTimeout(context, timeout.At, deadline),
        _ => throw new InvalidOperationException($"Nobody carries out {outgoing}. Add it to the saga."),
    };
}
