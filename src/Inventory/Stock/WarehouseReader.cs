using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Inventory.Stock;

/// <summary>Reads and locks holds, then stock, each in key order, so that no two transactions wait for each other in a ring.</summary>
internal static class WarehouseReader
{
    // Both by primary key.
    private const string Holds =
        """
        SELECT order_id, state, lines::text, expires_at, announced
        FROM inventory.hold
        WHERE order_id = ANY ($1)
        ORDER BY order_id
        FOR UPDATE
        """;

    private const string Levels =
        """
        SELECT sku, on_hand, held, shipped, adjusted
        FROM inventory.stock
        WHERE sku IN (
            SELECT unnest($2)
            UNION ALL
            SELECT line ->> 'sku' FROM inventory.hold, jsonb_array_elements(lines) AS line WHERE order_id = ANY ($1))
        ORDER BY sku
        FOR UPDATE
        """;

    public static async Task ReadAsync(
        BatchStorage storage,
        Guid[] orderIds,
        string[] skus,
        Action<Hold> onHold,
        Action<StockLevel> onLevel,
        CancellationToken cancellationToken)
    {
        var orders = new NpgsqlParameter<Guid[]> { TypedValue = orderIds, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction);
        batch.BatchCommands.Add(new(Holds) { Parameters = { orders } });
        batch.BatchCommands.Add(new(Levels)
        {
            Parameters =
            {
                orders.Clone(),
                new NpgsqlParameter<string[]> { TypedValue = skus, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
            },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            onHold(ReadHold(reader));
        }

        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            onLevel(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4)));
        }
    }

    private static Hold ReadHold(NpgsqlDataReader reader) => new(
        reader.GetGuid(0),
        StoredNames.ReadHoldState(reader.GetString(1)),
        JsonSerializer.Deserialize(reader.GetString(2), HoldLinesJson.Default.IReadOnlyListHoldLine)!,
        reader.GetFieldValue<DateTimeOffset>(3),
        reader.GetBoolean(4));
}
