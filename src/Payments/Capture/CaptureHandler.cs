using Orders.Contracts;
using Orders.Payments.State;

namespace Orders.Payments.Capture;

/// <summary>Takes the money for what is packed.</summary>
internal sealed class CaptureHandler(PaymentFlow flow) : IHandleMessages<CapturePayment>, IHandleMessages<CaptureAnswered>
{
    public Task Handle(CapturePayment message, IMessageHandlerContext context) => flow.ApplyAsync(message.OrderId, message, context);

    public Task Handle(CaptureAnswered message, IMessageHandlerContext context) => flow.ApplyAsync(message.OrderId, message, context);
}
