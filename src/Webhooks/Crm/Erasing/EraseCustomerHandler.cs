using Orders.Contracts;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Erasing;

/// <summary>Leaves a tombstone of each record of the person, and tells everybody once.</summary>
internal sealed class EraseCustomerHandler(BatchOfCustomers customers, CustomerBook book, CrmSources sources) : IHandleMessages<EraseCustomer>
{
    public async Task Handle(EraseCustomer message, IMessageHandlerContext context)
    {
        var records = await customers.FindAllAsync(message.CustomerId, context.CancellationToken);
        foreach (var record in records)
        {
            await book.EraseAsync(record, message.At, context);
        }

        // A source without such a record may have told of one all the same: in a message that failed.
        var told = records.Select(record => record.Key.Source).Union(sources.All.Select(source => source.Name)).Order(StringComparer.Ordinal);
        await context.Publish(new CustomerErased(message.CustomerId, [.. told], message.At));
    }
}
