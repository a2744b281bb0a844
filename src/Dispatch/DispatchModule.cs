using Orders.Bus.Activities;
using Orders.Bus.Composition;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Dispatch.Carriers;
using Orders.Dispatch.Erase;
using Orders.Dispatch.HandOver;
using Orders.Dispatch.PackShipment;
using Orders.Dispatch.PromiseDelivery;
using Orders.Dispatch.Shipments;
using Orders.Dispatch.Stop;
using Orders.Hosting;

namespace Orders.Dispatch;

/// <summary>Promises deliveries, packs, and hands shipments over to carriers.</summary>
public static class DispatchModule
{
    public const string Name = Endpoints.Dispatch;

    public static OrdersProcessBuilder AddDispatchModule(this OrdersProcessBuilder process)
    {
        var carriers = CarrierOptions.From(process.Configuration);
        process.Services
            .AddModuleDb<DispatchDb>("dispatch")
            .AddSingleton(new DeliveryCalendar(WarehouseOptions.From(process.Configuration)))
            .AddSingleton(CarrierChoice.From(process.Configuration))
            .AddSingleton(carriers)
            .AddSingleton(CarrierClient.Create);
        return process.AddModule(Name, endpoint => Configure(endpoint, carriers));
    }

    private static void Configure(EndpointConfiguration endpoint, CarrierOptions carriers)
    {
        var calls = new ActivityOptions { Destination = "carrier", Timeout = carriers.Timeout, GiveUpAfter = carriers.GiveUpAfter };
        endpoint
            .Messages(
                MessageContract.Private("dispatch.book-carrier", 1, Name, DispatchJson.Default.BookCarrier, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.cancel-booking", 1, Name, DispatchJson.Default.CancelBooking, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.booking-made", 1, Name, DispatchJson.Default.BookingMade, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.booking-refused", 1, Name, DispatchJson.Default.BookingRefused, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.booking-unknown", 1, Name, DispatchJson.Default.BookingUnknown, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.booking-cancelled", 1, Name, DispatchJson.Default.BookingCancelled, m => Catalogue.ByOrder(m.OrderId)),
                MessageContract.Private("dispatch.cancellation-unknown", 1, Name, DispatchJson.Default.CancellationUnknown, m => Catalogue.ByOrder(m.OrderId)))
            .Participant<BatchOfShipments>()
            .Handler<PromiseDeliveryHandler>()
            .Handler<PackShipmentHandler>()
            .Handler<HandOverShipmentHandler>()
            .Handler<StopShipmentHandler>()
            .Handler<BookingHandler>()
            .Handler<OrderErasedHandler>()
            .MasksErasedOrders()
            .Activity<BookCarrier, BookCarrierActivity>(calls, booking => booking.Carrier)
            .Activity<CancelBooking, CancelBookingActivity>(calls, booking => booking.Carrier);
    }
}
