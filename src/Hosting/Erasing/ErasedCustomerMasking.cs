using Orders.Bus.Engine;
using Orders.Contracts;

namespace Orders.Hosting;

/// <summary>Has the messages about an erased customer masked, and what others wrote that mentions them.</summary>
internal sealed class ErasedCustomerMasking(Erasure erasure) : IHandleMessages<CustomerErased>
{
    public Task Handle(CustomerErased message, IMessageHandlerContext context)
    {
        erasure.OfKey(message.CustomerId, message.At, mention: message.CustomerId);
        foreach (var source in message.Sources)
        {
            erasure.OfKey(Catalogue.ByCustomer(source, message.CustomerId), message.At);
        }

        return Task.CompletedTask;
    }
}
