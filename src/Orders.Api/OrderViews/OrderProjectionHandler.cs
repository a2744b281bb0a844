using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>Keeps the order's document: every event of the order goes through <see cref="OrderProjection"/>.</summary>
internal sealed class OrderProjectionHandler(OrderDocumentSession documents) :
    IHandleMessages<OrderPlaced>,
    IHandleMessages<StockReserved>,
    IHandleMessages<StockShort>,
    IHandleMessages<StockReleased>,
    IHandleMessages<StockCommitted>,
    IHandleMessages<PaymentAuthorised>,
    IHandleMessages<PaymentDeclined>,
    IHandleMessages<PaymentUnresolved>,
    IHandleMessages<PaymentCaptured>,
    IHandleMessages<PaymentCaptureFailed>,
    IHandleMessages<PaymentVoided>,
    IHandleMessages<PaymentRefunded>,
    IHandleMessages<DeliveryPromised>,
    IHandleMessages<ShipmentPacked>,
    IHandleMessages<ShipmentDispatched>,
    IHandleMessages<DispatchFailed>,
    IHandleMessages<ShipmentStopped>,
    IHandleMessages<OrderConfirmed>,
    IHandleMessages<OrderCancelling>,
    IHandleMessages<OrderNeedsAttention>,
    IHandleMessages<OrderCompleted>,
    IHandleMessages<OrderRejected>,
    IHandleMessages<OrderCancelled>
{
    /// <summary>The confirm wrote the document with the order; it is missing only while a rebuild goes over the messages.</summary>
    public async Task Handle(OrderPlaced message, IMessageHandlerContext context)
    {
        if (await documents.FindAsync(message.OrderId, context.CancellationToken) is null)
        {
            documents.Add(OrderDocument.Of(message));
        }
    }

    public Task Handle(StockReserved message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(StockShort message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(StockReleased message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(StockCommitted message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentAuthorised message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentDeclined message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentUnresolved message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentCaptured message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentCaptureFailed message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentVoided message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(PaymentRefunded message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(DeliveryPromised message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(ShipmentPacked message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(ShipmentDispatched message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(DispatchFailed message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(ShipmentStopped message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderConfirmed message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderCancelling message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderNeedsAttention message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderCompleted message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderRejected message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    public Task Handle(OrderCancelled message, IMessageHandlerContext context) => Project(message.OrderId, message, context);

    private async Task Project(Guid orderId, IEvent message, IMessageHandlerContext context)
    {
        var order = await documents.FindAsync(orderId, context.CancellationToken)
            ?? throw new InvalidOperationException(
                $"Order {orderId} has no document yet. It comes with OrderPlaced: retry this {message.GetType().Name} after it.");
        var next = OrderProjection.Apply(order, message);
        if (next.Version != order.Version)
        {
            documents.Replace(next);
        }

        if (next.Status != order.Status)
        {
            await context.Publish(PartnerView.Of(next));
        }
    }
}
