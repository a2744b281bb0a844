using Orders.Bus.Storage;
using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Reading;

namespace Orders.Webhooks.Crm.Applying;

/// <summary>The records of the present transaction: locked and read once, written once with the commit. Scoped; not thread-safe.</summary>
internal sealed class BatchOfCustomers(BatchStorage storage, TimeProvider clock) : IBatchParticipant
{
    private readonly Dictionary<CustomerKey, Customer> stored = [];
    private readonly Dictionary<CustomerKey, Customer> known = [];
    private readonly Dictionary<string, DateTimeOffset> erased = new(StringComparer.Ordinal);

    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) =>
        LockAsync(messages.Select(KeyOf).OfType<CustomerKey>(), cancellationToken);

    /// <summary>Locks and reads what is not read yet.</summary>
    public async Task LockAsync(IEnumerable<CustomerKey> keys, CancellationToken cancellationToken)
    {
        CustomerKey[] unread = [.. keys.Where(key => !known.ContainsKey(key)).Distinct()];
        if (unread.Length == 0)
        {
            return;
        }

        foreach (var key in unread)
        {
            known[key] = new(key, null);
        }

        foreach (var customer in await CustomerTable.LockAsync(storage, unread, erased, cancellationToken))
        {
            known[customer.Key] = stored[customer.Key] = customer;
        }
    }

    /// <summary>The record as it is now, in this transaction.</summary>
    public async Task<Customer> FindAsync(CustomerKey key, CancellationToken cancellationToken)
    {
        await LockAsync([key], cancellationToken);
        return known[key];
    }

    /// <summary>All records of this id, whichever CRM told of them.</summary>
    public async Task<IReadOnlyList<Customer>> FindAllAsync(string id, CancellationToken cancellationToken)
    {
        await LockAsync(await CustomerTable.NamesakesAsync(storage, id, cancellationToken), cancellationToken);
        return [.. stored.Keys.Where(key => key.Id == id).Select(key => known[key])];
    }

    /// <summary>When a person had this record erased, last; null where nobody had. Of records that are read.</summary>
    public DateTimeOffset? ErasedAt(CustomerKey key) => erased.TryGetValue(key.Id, out var at) ? at : null;

    public void Change(Customer customer) => known[customer.Key] = customer;

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        var changed = known.Values
            .Where(customer => (customer.State is not null || customer.ReadsAsked > 0) && customer != stored.GetValueOrDefault(customer.Key))
            .ToLookup(customer => stored.ContainsKey(customer.Key));
        if (changed[false].ToList() is { Count: > 0 } added)
        {
            storage.Defer(CustomerTable.Adding(added, clock.GetUtcNow()));
        }

        if (changed[true].ToList() is { Count: > 0 } updated)
        {
            storage.Defer(CustomerTable.Changing(updated, clock.GetUtcNow()));
        }

        return Task.CompletedTask;
    }

    private static CustomerKey? KeyOf(object message) => message switch
    {
        ApplyCrmChange apply => new(apply.Source, apply.Change.RecordId),
        RecordRead read => new(read.Source, read.RecordId),
        _ => null,
    };
}
