using Orders.Contracts;

namespace Orders.Api.CustomerCopy;

/// <summary>Keeps this module's own copy of customers, <c>orders.customer</c>.</summary>
internal sealed class CustomerCopyHandler(CustomerCopyWriter copy) : IHandleMessages<CustomerChanged>, IHandleMessages<CustomerErased>
{
    public Task Handle(CustomerChanged message, IMessageHandlerContext context)
    {
        copy.Put(message);
        return Task.CompletedTask;
    }

    public Task Handle(CustomerErased message, IMessageHandlerContext context)
    {
        copy.Empty(message.CustomerId, message.At);
        return Task.CompletedTask;
    }
}
