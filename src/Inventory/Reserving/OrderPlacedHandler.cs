using Orders.Contracts;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Reserving;

internal sealed class OrderPlacedHandler(Warehouse warehouse, Reservation reservation) : IHandleMessages<OrderPlaced>
{
    public async Task Handle(OrderPlaced message, IMessageHandlerContext context)
    {
        var lines = HoldLine.Of(message.Lines);
        await warehouse.LockAsync([message.OrderId], lines.Select(line => line.Sku), context.CancellationToken);

        // A duplicate, or a release that overtook the order: whatever was decided stands.
        if (warehouse.HoldOf(message.OrderId) is not null)
        {
            return;
        }

        await reservation.ReserveAsync(message.OrderId, lines, context);
    }
}
