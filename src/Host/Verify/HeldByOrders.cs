namespace Orders.Host.Verify;

/// <summary>D: every held unit belongs to a live hold, and a hold at rest to an order that has not ended.</summary>
internal sealed class HeldByOrders : InvariantCheck
{
    public override string Name => "D holds: held = the sum of live holds, none for an ended order";

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "inventory.stock", "inventory.hold"];

    protected override string Faults => $"""
        WITH {Work.Busy}, {Work.Ended},
        live AS (
            SELECT line.sku, sum(line.quantity) AS quantity
            FROM inventory.hold, jsonb_to_recordset(hold.lines) AS line(sku text, quantity bigint)
            WHERE hold.state = 'held'
            GROUP BY line.sku
        )
        SELECT format('%s: %s held, live holds are of %s', coalesce(stock.sku, live.sku), coalesce(stock.held, 0), coalesce(live.quantity, 0))
        FROM inventory.stock
        FULL JOIN live ON live.sku = stock.sku
        WHERE coalesce(stock.held, 0) <> coalesce(live.quantity, 0)
        UNION ALL
        SELECT format('order %s has ended (%s) and still holds stock', hold.order_id, ended.type)
        FROM inventory.hold
        JOIN ended ON ended.key = hold.order_id::text
        WHERE hold.state = 'held' AND ended.key NOT IN (SELECT key FROM busy)
        """;

    protected override string LookedAt => """
        SELECT format('%s holds: %s', sum(count), string_agg(format('%s %s', count, state), ', ' ORDER BY state))
        FROM (
            SELECT count(*) AS count, state FROM inventory.hold GROUP BY state
            UNION ALL SELECT 0, 'held' WHERE NOT EXISTS (SELECT FROM inventory.hold)
        ) AS holds
        """;
}
