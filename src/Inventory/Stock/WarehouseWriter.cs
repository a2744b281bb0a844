using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Inventory.Stock;

/// <summary>Writes a batch's stock, holds and ledger entries in one round trip: three statements, whatever the batch's size.</summary>
internal static class WarehouseWriter
{
    // The rows are locked, so the new balances may be written as they are.
    private const string Levels =
        """
        UPDATE inventory.stock AS s
        SET on_hand = n.on_hand, held = n.held, shipped = n.shipped, adjusted = n.adjusted
        FROM unnest($1, $2, $3, $4, $5) AS n (sku, on_hand, held, shipped, adjusted)
        WHERE s.sku = n.sku
        """;

    private const string Holds =
        """
        INSERT INTO inventory.hold AS h (order_id, state, lines, expires_at, announced, changed_at)
        SELECT order_id, state, lines::jsonb, expires_at, announced, $6
        FROM unnest($1, $2, $3, $4, $5) AS n (order_id, state, lines, expires_at, announced)
        ON CONFLICT (order_id) DO UPDATE
        SET state = excluded.state, lines = excluded.lines, expires_at = excluded.expires_at,
            announced = excluded.announced, changed_at = excluded.changed_at
        """;

    private const string Entries =
        """
        INSERT INTO inventory.stock_entry (sku, kind, quantity, order_id, adjustment_key, reason, at)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        """;

    public static async Task WriteAsync(
        BatchStorage storage,
        StockLevel[] levels,
        Hold[] holds,
        List<StockEntry> entries,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction);
        if (levels.Length > 0)
        {
            batch.BatchCommands.Add(Write(levels));
        }

        if (holds.Length > 0)
        {
            batch.BatchCommands.Add(Write(holds, at));
        }

        if (entries.Count > 0)
        {
            batch.BatchCommands.Add(Write(entries));
        }

        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Write(StockLevel[] levels) => new(Levels)
    {
        Parameters =
        {
            Column(levels, NpgsqlDbType.Text, level => level.Sku),
            Column(levels, NpgsqlDbType.Bigint, level => level.OnHand),
            Column(levels, NpgsqlDbType.Bigint, level => level.Held),
            Column(levels, NpgsqlDbType.Bigint, level => level.Shipped),
            Column(levels, NpgsqlDbType.Bigint, level => level.Adjusted),
        },
    };

    private static NpgsqlBatchCommand Write(Hold[] holds, DateTimeOffset at) => new(Holds)
    {
        Parameters =
        {
            Column(holds, NpgsqlDbType.Uuid, hold => hold.OrderId),
            Column(holds, NpgsqlDbType.Text, hold => hold.State.Stored()),
            Column(holds, NpgsqlDbType.Text, hold => JsonSerializer.Serialize(hold.Lines, HoldLinesJson.Default.IReadOnlyListHoldLine)),
            Column(holds, NpgsqlDbType.TimestampTz, hold => hold.ExpiresAt.UtcDateTime),
            Column(holds, NpgsqlDbType.Boolean, hold => hold.Announced),
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    private static NpgsqlBatchCommand Write(List<StockEntry> entries) => new(Entries)
    {
        Parameters =
        {
            Column(entries, NpgsqlDbType.Text, entry => entry.Sku),
            Column(entries, NpgsqlDbType.Text, entry => entry.Kind.Stored()),
            Column(entries, NpgsqlDbType.Bigint, entry => entry.Quantity),
            Column(entries, NpgsqlDbType.Uuid, entry => entry.OrderId),
            Column(entries, NpgsqlDbType.Text, entry => entry.AdjustmentKey),
            Column(entries, NpgsqlDbType.Text, entry => entry.Reason),
            Column(entries, NpgsqlDbType.TimestampTz, entry => entry.At.UtcDateTime),
        },
    };

    private static NpgsqlParameter<TValue[]> Column<TRow, TValue>(
        IReadOnlyList<TRow> rows, NpgsqlDbType type, Func<TRow, TValue> read)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = read(rows[i]);
        }

        return new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
    }
}
