using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.PromiseDelivery;

/// <summary>Promises a delivery for every order placed.</summary>
internal sealed class PromiseDeliveryHandler(BatchOfShipments shipments, DeliveryCalendar calendar, TimeProvider clock)
    : IHandleMessages<OrderPlaced>
{
    public async Task Handle(OrderPlaced message, IMessageHandlerContext context)
    {
        // Placed twice, or stopped before it was placed.
        if (await shipments.FindAsync(message.OrderId, context.CancellationToken) is not null)
        {
            return;
        }

        var promisedBy = calendar.Promise(message.PlacedAt, message.Prime);
        shipments.Add(new Shipment
        {
            OrderId = message.OrderId,
            Lines = [.. message.Lines.Select(line => new PackedLine(line.Sku, line.Quantity))],
            ShipTo = message.ShipTo,
            Prime = message.Prime,
            PromisedBy = promisedBy,
        });
        await context.Publish(new DeliveryPromised(message.OrderId, promisedBy, clock.GetUtcNow()));
    }
}
