using Npgsql;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Inventory.Catalog;

/// <summary>Creates or changes an item. Says so only where something changed; the version counts the changes.</summary>
internal sealed class PutCatalogItem(ITransactions transactions, TimeProvider clock)
{
    // No row comes back where the item is as it should be already. A row that this statement created has no xmax.
    private const string Upsert =
        """
        INSERT INTO inventory.catalog_item AS item (sku, name, price_minor, currency, version, changed_at)
        VALUES ($1, $2, $3, $4, 1, $5)
        ON CONFLICT (sku) DO UPDATE
        SET name = excluded.name, price_minor = excluded.price_minor, currency = excluded.currency,
            version = item.version + 1, changed_at = excluded.changed_at
        WHERE (item.name, item.price_minor, item.currency) IS DISTINCT FROM (excluded.name, excluded.price_minor, excluded.currency)
        RETURNING version, xmax = 0
        """;

    private const string NoStockYet = "INSERT INTO inventory.stock (sku) VALUES ($1) ON CONFLICT DO NOTHING";

    /// <returns>True where the item is new.</returns>
    public Task<bool> RunAsync(string sku, CatalogItemBody body, CancellationToken cancellationToken) => transactions.RunAsync(
        Endpoints.Inventory,
        async transaction =>
        {
            var now = clock.GetUtcNow();
            if (await UpsertAsync(transaction, sku, body, now, cancellationToken) is not { } change)
            {
                return false;
            }

            if (change.Created)
            {
                await using var stock = new NpgsqlCommand(NoStockYet, transaction.Connection, transaction.Transaction)
                {
                    Parameters = { new() { Value = sku } },
                };
                await stock.ExecuteNonQueryAsync(cancellationToken);
            }

            await transaction.Publish(new CatalogItemChanged(sku, body.Name, body.UnitPrice, change.Version, now));
            return change.Created;
        },
        cancellationToken);

    private static async Task<(long Version, bool Created)?> UpsertAsync(
        ITransaction transaction, string sku, CatalogItemBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Upsert, transaction.Connection, transaction.Transaction)
        {
            Parameters =
            {
                new() { Value = sku },
                new() { Value = body.Name },
                new() { Value = body.UnitPrice.Minor },
                new() { Value = body.UnitPrice.Currency },
                new() { Value = now.UtcDateTime },
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetInt64(0), reader.GetBoolean(1)) : null;
    }
}
