using Orders.Contracts;
using Orders.Dispatch.Shipments;

namespace Orders.Dispatch.Erase;

/// <summary>The parcel has arrived or never left: nobody needs its address any more.</summary>
internal sealed class OrderErasedHandler(BatchOfShipments shipments) : IHandleMessages<OrderErased>
{
    public Task Handle(OrderErased message, IMessageHandlerContext context)
    {
        shipments.ForgetAddress(message.OrderId);
        return Task.CompletedTask;
    }
}
