using Orders.Contracts;

namespace Orders.Analytics.Recording;

/// <summary>Notes what happens to orders. Duplicates are found where the facts are written.</summary>
internal sealed class OrderHandlers(SalesRecorder sales) :
    IHandleMessages<OrderPlaced>,
    IHandleMessages<OrderCompleted>,
    IHandleMessages<OrderRejected>,
    IHandleMessages<OrderCancelled>
{
    public Task Handle(OrderPlaced message, IMessageHandlerContext context)
    {
        sales.Placed(message);
        return Task.CompletedTask;
    }

    public Task Handle(OrderCompleted message, IMessageHandlerContext context) => EndedAsync(message.OrderId, Outcome.Completed);

    public Task Handle(OrderRejected message, IMessageHandlerContext context) => EndedAsync(message.OrderId, Outcome.Rejected);

    public Task Handle(OrderCancelled message, IMessageHandlerContext context) => EndedAsync(message.OrderId, Outcome.Cancelled);

    private Task EndedAsync(Guid orderId, Outcome outcome)
    {
        sales.Ended(orderId, outcome);
        return Task.CompletedTask;
    }
}
