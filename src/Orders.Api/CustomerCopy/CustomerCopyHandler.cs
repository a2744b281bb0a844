using Orders.Contracts;

namespace Orders.Api.CustomerCopy;

/// <summary>Keeps this module's own copy of customers, <c>orders.customer</c>. One who is erased comes as a change, too: with nothing but that they are gone.</summary>
internal sealed class CustomerCopyHandler(CustomerCopyWriter copy) : IHandleMessages<CustomerChanged>
{
    public Task Handle(CustomerChanged message, IMessageHandlerContext context)
    {
        copy.Put(message);
        return Task.CompletedTask;
    }
}
