using Microsoft.Extensions.Configuration;
using Orders.Contracts;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.PackShipment;
using Orders.Dispatch.PromiseDelivery;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Dispatch's handlers on the world's shipment.</summary>
internal static class DispatchSide
{
    private static readonly CarrierChoice Carriers = new("swift", "steady");
    private static readonly DeliveryCalendar Calendar = new(WarehouseOptions.From(new ConfigurationBuilder().Build()));

    public static OrderWorld Handle(OrderWorld world, object message)
    {
        var shipments = new BatchOfShipments(null!);
        shipments.Know(Scenario.OrderId, world.Shipment is not { } row ? null : new() { OrderId = Scenario.OrderId, Lines = row.Lines, ShipTo = row.ShipTo, Progress = row.Progress });
        var clock = new WorldClock(world.Now);
        var context = Heard.From(said => message switch
        {
            OrderPlaced placed => new PromiseDeliveryHandler(shipments, Calendar, clock).Handle(placed, said),
            DispatchOrder order => new PackShipmentHandler(shipments, clock).Handle(order, said),
            HandOverShipment handOver => new HandOverShipmentHandler(shipments, Carriers).Handle(handOver, said),
            StopShipment stop => new StopShipmentHandler(shipments, clock).Handle(stop, said),
            BookingMade made => Booking().Handle(made, said),
            BookingRefused refused => Booking().Handle(refused, said),
            BookingUnknown unknown => Booking().Handle(unknown, said),
            BookingCancelled cancelled => Booking().Handle(cancelled, said),
            CancellationUnknown unknown => Booking().Handle(unknown, said),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType(), "Dispatch does not handle it."),
        });
        var after = shipments.FindAsync(Scenario.OrderId, CancellationToken.None).GetAwaiter().GetResult();
        return (world with { Shipment = after is null ? null : new(after.Lines, after.ShipTo, after.Progress) }).Take(Endpoints.Dispatch, context);

        BookingHandler Booking() => new(shipments, Carriers, clock);
    }
}
