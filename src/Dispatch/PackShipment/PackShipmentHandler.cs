using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.PackShipment;

/// <summary>Packs exactly the ordered lines.</summary>
internal sealed class PackShipmentHandler(BatchOfShipments shipments, TimeProvider clock) : IHandleMessages<DispatchOrder>
{
    public async Task Handle(DispatchOrder message, IMessageHandlerContext context)
    {
        var shipment = await shipments.FindAsync(message.OrderId, context.CancellationToken)
            ?? throw new InvalidOperationException(
                $"Order {message.OrderId} cannot be packed: its OrderPlaced has not arrived here yet. It will; this message is retried.");
        await Decide(shipment, clock.GetUtcNow()).ApplyAsync(shipment, context);
    }

    internal static Step Decide(Shipment shipment, DateTimeOffset now) => shipment.Progress.State is not ShipmentState.Promised
        ? new(shipment.Progress)
        : new(
            shipment.Progress with { State = ShipmentState.Packed },
            new ShipmentPacked(shipment.OrderId, shipment.Lines, now));
}
