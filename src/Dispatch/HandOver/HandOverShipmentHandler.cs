using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>Asks the first carrier; for a shipment that nobody took, starts over.</summary>
internal sealed class HandOverShipmentHandler(BatchOfShipments shipments, CarrierChoice carriers) : IHandleMessages<HandOverShipment>
{
    public async Task Handle(HandOverShipment message, IMessageHandlerContext context)
    {
        var shipment = await shipments.FindAsync(message.OrderId, context.CancellationToken);
        if (shipment is null or { Progress.State: ShipmentState.Promised })
        {
            throw new InvalidOperationException(
                $"Order {message.OrderId} cannot be handed over: it is not packed yet. It will be; this message is retried.");
        }

        await Decide(shipment, carriers).ApplyAsync(shipment, context);
    }

    internal static Step Decide(Shipment shipment, CarrierChoice carriers)
    {
        var now = shipment.Progress;
        if (now.State is not (ShipmentState.Packed or ShipmentState.Failed) || now.StopRequested)
        {
            return new(now);
        }

        // A carrier that may have it is made to give it back before anyone is asked again.
        return now.BookingUnknown
            ? new(now with { State = ShipmentState.Booking }, Asking.ToCancel(shipment))
            : Asking.Carrier(shipment, now with { State = ShipmentState.Booking, Carrier = carriers.First, Round = now.Round + 1 });
    }
}
