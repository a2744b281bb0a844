using System.Diagnostics;
using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.Stop;

/// <summary>Keeps the shipment in the warehouse, if no carrier has it.</summary>
internal sealed class StopShipmentHandler(BatchOfShipments shipments, TimeProvider clock) : IHandleMessages<StopShipment>
{
    public async Task Handle(StopShipment message, IMessageHandlerContext context)
    {
        var shipment = await shipments.FindAsync(message.OrderId, context.CancellationToken);
        if (shipment is null)
        {
            // Stopped before it was placed: the row remembers, so that what comes later changes nothing.
            shipment = new Shipment { OrderId = message.OrderId };
            shipments.Add(shipment);
        }

        await Decide(shipment, clock.GetUtcNow()).ApplyAsync(shipment, context);
    }

    internal static Step Decide(Shipment shipment, DateTimeOffset now)
    {
        var progress = shipment.Progress;
        return progress switch
        {
            { IsTerminal: true } or { StopRequested: true } => new(progress),

            // The carrier's answer decides: booked is too late, anything else stops it.
            { State: ShipmentState.Booking } => new(progress with { StopRequested = true }),
            { State: ShipmentState.Failed, BookingUnknown: true } => new(
                progress with { StopRequested = true }, Asking.ToCancel(shipment)),
            { State: ShipmentState.Promised or ShipmentState.Packed or ShipmentState.Failed } => new(
                progress with { State = ShipmentState.Stopped, StopRequested = true },
                new ShipmentStopped(shipment.OrderId, now)),
            _ => throw new UnreachableException($"No rule for a stop in state {progress.State}. Add one."),
        };
    }
}
