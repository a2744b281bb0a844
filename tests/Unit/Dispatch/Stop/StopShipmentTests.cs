using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;
using static Orders.Tests.Unit.Dispatch.Shipments.SomeShipment;

namespace Orders.Tests.Unit.Dispatch.Stop;

public sealed class StopShipmentTests
{
    [Theory]
    [InlineData(nameof(ShipmentState.Promised))]
    [InlineData(nameof(ShipmentState.Packed))]
    [InlineData(nameof(ShipmentState.Failed))]
    public void A_shipment_that_no_carrier_has_is_stopped_at_once(string state)
    {
        var step = StopShipmentHandler.Decide(In(Enum.Parse<ShipmentState>(state)), Now);
        Assert.Equal(ShipmentState.Stopped, step.Next.State);
        Assert.IsType<ShipmentStopped>(Assert.Single(step.Says));
    }

    [Fact]
    public void A_failed_shipment_that_a_carrier_may_have_is_first_taken_back()
    {
        var step = StopShipmentHandler.Decide(In(ShipmentState.Failed, "swift", 1, unknown: true), Now);
        Assert.Equal(ShipmentState.Failed, step.Next.State);
        Assert.IsType<CancelBooking>(Assert.Single(step.Says));
    }

    [Theory]
    [InlineData(nameof(ShipmentState.Dispatched), false)]
    [InlineData(nameof(ShipmentState.Stopped), false)]
    [InlineData(nameof(ShipmentState.Booking), true)]
    [InlineData(nameof(ShipmentState.Failed), true)]
    public void A_second_stop_and_a_stop_after_the_end_change_nothing(string state, bool stopRequested)
    {
        var shipment = In(Enum.Parse<ShipmentState>(state), "swift", 1, stopRequested, stopRequested);
        var step = StopShipmentHandler.Decide(shipment, Now);
        Assert.Equal(shipment.Progress, step.Next);
        Assert.Empty(step.Says);
    }
}
