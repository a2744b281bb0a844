using Orders.Bus.Engine;
using Orders.Contracts;

namespace Orders.Hosting;

/// <summary>Has an erased order's messages masked, and the history of its process.</summary>
internal sealed class ErasedOrderMasking(Erasure erasure) : IHandleMessages<OrderErased>
{
    public Task Handle(OrderErased message, IMessageHandlerContext context)
    {
        erasure.OfKey(Catalogue.ByOrder(message.OrderId), message.At);
        return Task.CompletedTask;
    }
}
