using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Api.CatalogueCopy;

/// <summary>Keeps this module's own copy of names and prices, <c>orders.catalog</c>.</summary>
internal sealed class CatalogueCopyHandler(CatalogueCopyWriter copy) : IHandleMessages<CatalogItemChanged>
{
    public Task Handle(CatalogItemChanged message, IMessageHandlerContext context)
    {
        copy.Put(new(message.Sku, message.Name, message.UnitPrice, message.Version));
        return Task.CompletedTask;
    }
}

/// <summary>Writes a batch's items in one statement; the greater version wins, in the batch and in the table.</summary>
internal sealed class CatalogueCopyWriter(BatchStorage storage, CatalogueSignal signal) : IBatchParticipant, IDisposable
{
    /// <summary>By <c>catalog_pkey</c>.</summary>
    private const string Upsert = """
        INSERT INTO orders.catalog AS item (sku, name, price, currency, version)
        SELECT * FROM unnest($1, $2, $3, $4, $5)
        ON CONFLICT (sku) DO UPDATE
        SET name = excluded.name, price = excluded.price, currency = excluded.currency, version = excluded.version
        WHERE item.version < excluded.version
        """;

    // Sorted: two batches that write the same items lock them in the same order.
    private readonly SortedDictionary<string, CatalogueItem> items = new(StringComparer.Ordinal);

    public void Put(CatalogueItem item)
    {
        if (!items.TryGetValue(item.Sku, out var known) || known.Version < item.Version)
        {
            items[item.Sku] = item;
        }
    }

    public Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoreAsync(CancellationToken cancellationToken)
    {
        if (items.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand(Upsert, storage.Connection, storage.Transaction);
        Add(items.Values.Select(item => item.Sku).ToArray(), NpgsqlDbType.Text);
        Add(items.Values.Select(item => item.Name).ToArray(), NpgsqlDbType.Text);
        Add(items.Values.Select(item => item.UnitPrice.Minor).ToArray(), NpgsqlDbType.Bigint);
        Add(items.Values.Select(item => item.UnitPrice.Currency).ToArray(), NpgsqlDbType.Text);
        Add(items.Values.Select(item => item.Version).ToArray(), NpgsqlDbType.Bigint);
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add(object values, NpgsqlDbType type) =>
            command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    /// <summary>The scope ends after the commit: whoever waits for these items finds them now.</summary>
    public void Dispose() => signal.Changed(items.Keys);
}
