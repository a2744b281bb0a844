using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Simulators.Ownership;
using Orders.Simulators.Storage;

namespace Orders.Simulators.Crm;

/// <summary>The CRM: keeps contacts, and tells the webhook of each change once it is on disk. Thread-safe.</summary>
internal sealed class CrmSimulator : IAsyncDisposable
{
    private readonly TimeProvider clock;
    private readonly CrmWebhooks webhooks;
    private readonly OwnedBooks<ContactRegister, Contact> books;

    public CrmSimulator(NpgsqlDataSource dataSource, Owner owner, CrmWebhooks webhooks, TimeProvider clock, ILogger<CrmSimulator> logger)
    {
        (this.webhooks, this.clock) = (webhooks, clock);
        books = new(
            owner,
            new(dataSource, ContactTable.StoreAsync, clock, logger),
            async cancellationToken => new(await ContactTable.ReadAllAsync(dataSource, cancellationToken)));
    }

    /// <summary>The contact as it is now, and whether it is new.</summary>
    public async Task<(Contact Contact, bool Created)> PutAsync(string id, IReadOnlyDictionary<string, string?> fields, CancellationToken cancellationToken)
    {
        var (change, contact) = await ChangeAsync(id, contacts => contacts.Put(id, fields, clock.GetUtcNow()), cancellationToken);
        return (contact!, change?.Type == "contact.created");
    }

    /// <summary>The contact in the bin; null where there was none to delete.</summary>
    public async Task<Contact?> DeleteAsync(string id, CancellationToken cancellationToken) =>
        (await ChangeAsync(id, contacts => contacts.Delete(id, clock.GetUtcNow()), cancellationToken)).Change?.Contact;

    public Task<T> ReadAsync<T>(Func<ContactRegister, T> read, CancellationToken cancellationToken) =>
        books.DecideAsync(contacts => (read(contacts), (Contact?)null), cancellationToken);

    public ValueTask DisposeAsync() => books.DisposeAsync();

    private async Task<(ContactChange? Change, Contact? Contact)> ChangeAsync(
        string id, Func<ContactRegister, ContactChange?> decide, CancellationToken cancellationToken)
    {
        var (change, contact) = await books.DecideAsync(
            contacts =>
            {
                var change = decide(contacts);
                return ((change, contacts.Find(id)), change?.Contact);
            },
            cancellationToken);
        if (change is not null)
        {
            webhooks.Tell(change);
        }

        return (change, contact);
    }
}
