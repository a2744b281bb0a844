namespace Orders.Host.Verify;

/// <summary>B: every order has exactly one end, and its document shows that one.</summary>
internal sealed class OneEnd : InvariantCheck
{
    public override string Name => "B one end: no order ends twice, and its document agrees";

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "orders.order_view"];

    protected override string Faults => $"""
        WITH {Work.Busy}, {Work.Ended}
        SELECT format('order %s ended %s times: %s', key, ends, type)
        FROM ended
        WHERE ends > 1
        UNION ALL
        SELECT format('order %s is shown as %s and its end is %s', order_view.id, order_view.status, coalesce(ended.type, 'not recorded'))
        FROM orders.order_view
        LEFT JOIN ended ON ended.key = order_view.id::text
        WHERE order_view.id::text NOT IN (SELECT key FROM busy)
          AND coalesce(ended.ends, 1) = 1
          AND (ended.key IS NOT NULL OR order_view.status IN ('completed', 'rejected', 'cancelled'))
          AND ended.type IS DISTINCT FROM 'orders.order-' || order_view.status
        """;

    protected override string LookedAt => $"""
        WITH {Work.Ended}, kinds AS (SELECT count(*) AS count, substr(type, length('orders.order-') + 1) AS kind FROM ended GROUP BY type)
        SELECT coalesce(string_agg(format('%s %s', count, kind), ', ' ORDER BY kind), 'no order has ended') FROM kinds
        """;
}
