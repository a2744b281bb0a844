using Npgsql;
using NpgsqlTypes;
using Orders.Api.CatalogueCopy;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Api.ConfirmPurchase;

/// <summary>The hot statements of confirming: each handles a whole batch, and what is written goes with the commit.</summary>
internal sealed class ConfirmStore(BatchStorage storage)
{
    /// <summary>By <c>confirm_key_pkey</c>.</summary>
    private const string ReadKeys =
        "SELECT key, body_hash, order_id, total, currency, placed_at FROM orders.confirm_key WHERE key = ANY ($1)";

    /// <summary>By <c>catalog_pkey</c>.</summary>
    private const string ReadItems = "SELECT sku, name, price, currency, version FROM orders.catalog WHERE sku = ANY ($1)";

    /// <summary>A key that another process wrote meanwhile violates <c>confirm_key_pkey</c>: the confirm is decided again.</summary>
    private const string InsertKeys = """
        INSERT INTO orders.confirm_key (key, body_hash, order_id, total, currency, placed_at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        """;

    public async Task<Known> ReadAsync(IReadOnlyList<ConfirmRequest> requests, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction);
        batch.BatchCommands.Add(Command(ReadKeys, requests.Select(request => Convert.FromHexString(request.Key.Hash)).ToArray(), NpgsqlDbType.Bytea));
        batch.BatchCommands.Add(Command(ReadItems, Skus(requests), NpgsqlDbType.Text));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var before = new Dictionary<string, ConfirmedBefore>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            before[Hex(reader, 0)] = new(
                Hex(reader, 1), reader.GetGuid(2), new(reader.GetInt64(3), reader.GetString(4)), reader.GetFieldValue<DateTimeOffset>(5));
        }

        await reader.NextResultAsync(cancellationToken);
        var items = new Dictionary<string, CatalogueItem>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            var sku = reader.GetString(0);
            items[sku] = new(sku, reader.GetString(1), new(reader.GetInt64(2), reader.GetString(3)), reader.GetInt64(4));
        }

        return new(before, items);
    }

    public void WriteKeys(IEnumerable<(ConfirmRequest Request, OrderPlaced Order)> accepted)
    {
        // Sorted: two processes that insert the same keys wait for each other in the same order.
        var rows = accepted.OrderBy(row => row.Request.Key.Hash, StringComparer.Ordinal).ToList();
        storage.Defer(new(InsertKeys)
        {
            Parameters =
            {
                Column.Of(rows, NpgsqlDbType.Bytea, row => Convert.FromHexString(row.Request.Key.Hash)),
                Column.Of(rows, NpgsqlDbType.Bytea, row => Convert.FromHexString(row.Request.BodyHash)),
                Column.Of(rows, NpgsqlDbType.Uuid, row => row.Order.OrderId),
                Column.Of(rows, NpgsqlDbType.Bigint, row => row.Order.Total.Minor),
                Column.Of(rows, NpgsqlDbType.Text, row => row.Order.Total.Currency),
                Column.Of(rows, NpgsqlDbType.TimestampTz, row => row.Order.PlacedAt.UtcDateTime),
            },
        });
    }

    private static string[] Skus(IReadOnlyList<ConfirmRequest> requests) =>
        [.. requests.SelectMany(request => request.Purchase.Units.Select(units => units.Key)).Distinct()];

    private static NpgsqlBatchCommand Command(string sql, object values, NpgsqlDbType type) => new(sql)
    {
        Parameters = { new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type } },
    };

    private static string Hex(NpgsqlDataReader reader, int column) => Convert.ToHexString(reader.GetFieldValue<byte[]>(column));

    /// <summary>What a batch is decided by: earlier confirms by key, and the items by sku.</summary>
    internal sealed record Known(Dictionary<string, ConfirmedBefore> Before, IReadOnlyDictionary<string, CatalogueItem> Items);
}
