using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Inventory.Stock;

/// <summary>Writes a batch's stock, holds and ledger entries with the commit: three statements, whatever the batch's size.</summary>
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

    public static void Write(BatchStorage storage, StockLevel[] levels, Hold[] holds, List<StockEntry> entries, DateTimeOffset at)
    {
        if (levels.Length > 0)
        {
            storage.Defer(Write(levels));
        }

        if (holds.Length > 0)
        {
            storage.Defer(Write(holds, at));
        }

        if (entries.Count > 0)
        {
            storage.Defer(Write(entries));
        }
    }

    private static NpgsqlBatchCommand Write(StockLevel[] levels) => new(Levels)
    {
        Parameters =
        {
            Column.Of(levels, NpgsqlDbType.Text, level => level.Sku),
            Column.Of(levels, NpgsqlDbType.Bigint, level => level.OnHand),
            Column.Of(levels, NpgsqlDbType.Bigint, level => level.Held),
            Column.Of(levels, NpgsqlDbType.Bigint, level => level.Shipped),
            Column.Of(levels, NpgsqlDbType.Bigint, level => level.Adjusted),
        },
    };

    private static NpgsqlBatchCommand Write(Hold[] holds, DateTimeOffset at) => new(Holds)
    {
        Parameters =
        {
            Column.Of(holds, NpgsqlDbType.Uuid, hold => hold.OrderId),
            Column.Of(holds, NpgsqlDbType.Text, hold => hold.State.Stored()),
            Column.Of(holds, NpgsqlDbType.Text, hold => JsonSerializer.Serialize(hold.Lines, HoldLinesJson.Default.IReadOnlyListHoldLine)),
            Column.Of(holds, NpgsqlDbType.TimestampTz, hold => hold.ExpiresAt.UtcDateTime),
            Column.Of(holds, NpgsqlDbType.Boolean, hold => hold.Announced),
            new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    private static NpgsqlBatchCommand Write(List<StockEntry> entries) => new(Entries)
    {
        Parameters =
        {
            Column.Of(entries, NpgsqlDbType.Text, entry => entry.Sku),
            Column.Of(entries, NpgsqlDbType.Text, entry => entry.Kind.Stored()),
            Column.Of(entries, NpgsqlDbType.Bigint, entry => entry.Quantity),
            Column.Of(entries, NpgsqlDbType.Uuid, entry => entry.OrderId),
            Column.Of(entries, NpgsqlDbType.Text, entry => entry.AdjustmentKey),
            Column.Of(entries, NpgsqlDbType.Text, entry => entry.Reason),
            Column.Of(entries, NpgsqlDbType.TimestampTz, entry => entry.At.UtcDateTime),
        },
    };
}
