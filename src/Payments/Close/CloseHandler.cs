using Orders.Contracts;
using Orders.Payments.State;

namespace Orders.Payments.Close;

/// <summary>Gives the money back.</summary>
internal sealed class CloseHandler(PaymentFlow flow)
    : IHandleMessages<VoidPayment>, IHandleMessages<RefundPayment>, IHandleMessages<ClosingAnswered>
{
    public Task Handle(VoidPayment message, IMessageHandlerContext context) => flow.ApplyAsync(message.OrderId, message, context);

    public Task Handle(RefundPayment message, IMessageHandlerContext context) => flow.ApplyAsync(message.OrderId, message, context);

    public Task Handle(ClosingAnswered message, IMessageHandlerContext context) => flow.ApplyAsync(message.OrderId, message, context);
}
