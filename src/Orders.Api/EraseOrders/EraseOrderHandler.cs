using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Api.EraseOrders;

/// <summary>Erases one order's document, in the order's own lane like whatever else changes it, and has everybody else do so with their part.</summary>
internal sealed class EraseOrderHandler(OrderDocumentSession documents, TimeProvider clock) : IHandleMessages<EraseOrder>
{
    public async Task Handle(EraseOrder message, IMessageHandlerContext context)
    {
        if (await documents.FindAsync(message.OrderId, context.CancellationToken) is not { } order || OrderErasure.IsDone(order))
        {
            return;
        }

        var now = clock.GetUtcNow();
        documents.Disown(OrderErasure.Of(order, now));
        await context.Publish(new OrderErased(order.OrderId, order.PlacedAt, now));
    }
}
