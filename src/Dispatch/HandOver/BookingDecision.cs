using System.Diagnostics;
using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.HandOver;

/// <summary>
/// What to do with a carrier's answer. The rule that everything serves: no carrier is asked while another may have the
/// shipment, and a stop is answered only when that is certain.
/// </summary>
internal static class BookingDecision
{
    public static Step Decide(Shipment shipment, IBookingOutcome outcome, CarrierChoice carriers, DateTimeOffset now)
    {
        var progress = shipment.Progress;
        if (!progress.IsAsking(outcome.Carrier, outcome.Round))
        {
            return new(progress);
        }

        return outcome switch
        {
            BookingMade made => new(
                progress with { State = ShipmentState.Dispatched, TrackingNumber = made.TrackingNumber, BookingUnknown = false },
                new ShipmentDispatched(shipment.OrderId, made.Carrier, made.TrackingNumber, now)),
            BookingRefused refused => NotTaken(shipment, carriers, $"{refused.Carrier}: {refused.Reason}", now),
            BookingCancelled cancelled => NotTaken(shipment, carriers, $"{cancelled.Carrier}: no answer in time", now),
            BookingUnknown => Unknown(shipment),
            CancellationUnknown => StillUnknown(shipment, now),
            _ => throw new UnreachableException($"No rule for {outcome.GetType()}. Add one."),
        };
    }

    /// <summary>The carrier has it not and never will.</summary>
    private static Step NotTaken(Shipment shipment, CarrierChoice carriers, string reason, DateTimeOffset now)
    {
        var progress = shipment.Progress with { BookingUnknown = false };
        if (progress.StopRequested)
        {
            return new(progress with { State = ShipmentState.Stopped }, new ShipmentStopped(shipment.OrderId, now));
        }

        // An answer after the failure was told: nothing more to say, and the next hand-over starts over.
        if (progress.State is not ShipmentState.Booking)
        {
            return new(progress);
        }

        return carriers.After(progress.Carrier!) is { } next
            ? Asking.Carrier(shipment, progress with { Carrier = next })
            : new(progress with { State = ShipmentState.Failed }, new DispatchFailed(shipment.OrderId, $"No carrier took it. {reason}.", now));
    }

    private static Step Unknown(Shipment shipment)
    {
        var progress = shipment.Progress;
        return progress is { State: ShipmentState.Booking, BookingUnknown: false }
            ? new(progress with { BookingUnknown = true }, Asking.ToCancel(shipment))
            : new(progress);
    }

    private static Step StillUnknown(Shipment shipment, DateTimeOffset now)
    {
        var progress = shipment.Progress;
        return progress switch
        {
            { BookingUnknown: false } => new(progress),
            { StopRequested: true } => new(progress, Asking.ToCancel(shipment)),
            { State: ShipmentState.Booking } => new(
                progress with { State = ShipmentState.Failed },
                new DispatchFailed(shipment.OrderId, $"{progress.Carrier} does not answer and may have it.", now)),
            _ => new(progress),
        };
    }
}
