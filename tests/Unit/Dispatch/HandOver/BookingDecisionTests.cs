using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.PackShipment;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;
using static Orders.Tests.Unit.Dispatch.Shipments.SomeShipment;

namespace Orders.Tests.Unit.Dispatch.HandOver;

public sealed class BookingDecisionTests
{
    private static readonly CarrierChoice Carriers = new("swift", "steady");

    [Fact]
    public void Packing_says_exactly_the_ordered_lines()
    {
        var shipment = In(ShipmentState.Promised);
        var step = PackShipmentHandler.Decide(shipment, Now);
        Assert.Equal(ShipmentState.Packed, step.Next.State);
        Assert.Equal(shipment.Lines, Assert.IsType<ShipmentPacked>(Assert.Single(step.Says)).Lines);
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Packed))]
    [InlineData(nameof(ShipmentState.Booking))]
    [InlineData(nameof(ShipmentState.Dispatched))]
    [InlineData(nameof(ShipmentState.Failed))]
    [InlineData(nameof(ShipmentState.Stopped))]
    public void Packing_again_changes_nothing(string state)
    {
        var shipment = In(Enum.Parse<ShipmentState>(state));
        Unchanged(shipment, PackShipmentHandler.Decide(shipment, Now));
    }

    [Fact]
    public void Handing_over_asks_the_first_carrier()
    {
        var step = HandOverShipmentHandler.Decide(In(ShipmentState.Packed), Carriers);
        Assert.Equal(new(ShipmentState.Booking, "swift", 1), step.Next);
        Assert.Equal(("swift", 1), Asked(step));
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Booking))]
    [InlineData(nameof(ShipmentState.Dispatched))]
    [InlineData(nameof(ShipmentState.Stopped))]
    public void Handing_over_twice_or_too_late_changes_nothing(string state)
    {
        var shipment = In(Enum.Parse<ShipmentState>(state), "swift", 1);
        Unchanged(shipment, HandOverShipmentHandler.Decide(shipment, Carriers));
    }

    [Fact]
    public void Handing_a_failed_shipment_over_starts_a_new_round() =>
        Assert.Equal(("swift", 2), Asked(HandOverShipmentHandler.Decide(In(ShipmentState.Failed, "steady", 1), Carriers)));

    [Fact]
    public void Handing_over_takes_it_back_first_from_a_carrier_that_may_have_it()
    {
        var step = HandOverShipmentHandler.Decide(In(ShipmentState.Failed, "steady", 1, unknown: true), Carriers);
        Assert.IsType<CancelBooking>(Assert.Single(step.Says));
        Assert.True(step.Next is { State: ShipmentState.Booking, BookingUnknown: true });
    }

    [Fact]
    public void A_refusal_moves_on_to_the_next_carrier_at_once() =>
        Assert.Equal(("steady", 1), Asked(Decide(In(ShipmentState.Booking, "swift", 1), Refused("swift"))));

    [Fact]
    public void The_last_carriers_refusal_fails_the_dispatch()
    {
        var step = Decide(In(ShipmentState.Booking, "steady", 1), Refused("steady"));
        Assert.Equal(ShipmentState.Failed, step.Next.State);
        Assert.Contains("steady", Assert.IsType<DispatchFailed>(Assert.Single(step.Says)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_booking_is_cancelled_before_another_carrier_is_asked()
    {
        var step = Decide(In(ShipmentState.Booking, "swift", 1), new BookingUnknown(default, "swift", 1));
        Assert.True(step.Next.BookingUnknown);
        Assert.IsType<CancelBooking>(Assert.Single(step.Says));
    }

    [Fact]
    public void A_cancelled_booking_moves_on_to_the_next_carrier()
    {
        var step = Decide(In(ShipmentState.Booking, "swift", 1, unknown: true), new BookingCancelled(default, "swift", 1));
        Assert.Equal(("steady", 1), Asked(step));
        Assert.False(step.Next.BookingUnknown);
    }

    [Fact]
    public void A_carrier_that_does_not_even_answer_the_cancellation_fails_the_dispatch_and_nobody_else_is_asked()
    {
        var step = Decide(In(ShipmentState.Booking, "swift", 1, unknown: true), new CancellationUnknown(default, "swift", 1));
        Assert.Equal(new(ShipmentState.Failed, "swift", 1, BookingUnknown: true), step.Next);
        Assert.IsType<DispatchFailed>(Assert.Single(step.Says));
    }

    [Fact]
    public void A_stop_during_a_booking_waits_for_the_answer()
    {
        var step = StopShipmentHandler.Decide(In(ShipmentState.Booking, "swift", 1), Now);
        Assert.True(step.Next.StopRequested);
        Assert.Empty(step.Says);
    }

    [Fact]
    public void A_booking_that_was_made_is_too_late_to_stop()
    {
        var step = Decide(In(ShipmentState.Booking, "swift", 1, stopRequested: true), new BookingMade(default, "swift", 1, "SW1"));
        Assert.Equal(ShipmentState.Dispatched, step.Next.State);
        Assert.Equal("SW1", Assert.IsType<ShipmentDispatched>(Assert.Single(step.Says)).TrackingNumber);
    }

    [Fact]
    public void A_refusal_stops_a_shipment_that_was_to_be_stopped()
    {
        var step = Decide(In(ShipmentState.Booking, "swift", 1, stopRequested: true), Refused("swift"));
        Assert.Equal(ShipmentState.Stopped, step.Next.State);
        Assert.IsType<ShipmentStopped>(Assert.Single(step.Says));
    }

    [Fact]
    public void A_stop_keeps_asking_a_carrier_that_may_have_it()
    {
        var step = Decide(In(ShipmentState.Failed, "swift", 1, stopRequested: true, unknown: true), new CancellationUnknown(default, "swift", 1));
        Assert.IsType<CancelBooking>(Assert.Single(step.Says));
        Assert.Equal(ShipmentState.Failed, step.Next.State);
    }

    [Theory]
    [InlineData("steady", 1)] // another carrier
    [InlineData("swift", 2)] // an earlier round
    public void An_answer_to_a_question_that_is_not_asked_any_more_changes_nothing(string carrier, int round)
    {
        var shipment = In(ShipmentState.Booking, carrier, round);
        Unchanged(shipment, Decide(shipment, Refused("swift")));
    }

    private static Step Decide(Shipment shipment, IBookingOutcome outcome) => BookingDecision.Decide(shipment, outcome, Carriers, Now);

    private static BookingRefused Refused(string carrier) => new(default, carrier, 1, "refused with 422");

    private static (string Carrier, int Round) Asked(Step step)
    {
        var asked = Assert.IsType<BookCarrier>(Assert.Single(step.Says));
        Assert.Equal((step.Next.Carrier, step.Next.Round), (asked.Carrier, asked.Round));
        return (asked.Carrier, asked.Round);
    }

    private static void Unchanged(Shipment shipment, Step step)
    {
        Assert.Equal(shipment.Progress, step.Next);
        Assert.Empty(step.Says);
    }
}
