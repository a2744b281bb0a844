namespace Orders.Host.Verify;

/// <summary>A: nothing acknowledged is lost.</summary>
internal sealed class AcceptedOrders : InvariantCheck
{
    public override string Name => "A accepted: every accepted order is recorded and ends";

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "orders.order_view", "orders.confirm_key"];

    // A saga's own timer is work to come as well: an order that waits for an answer that never arrives still has its deadline.
    protected override string Faults => $"""
        WITH {Work.Busy}, {Work.Ended},
        accepted AS (
            SELECT order_id FROM orders.confirm_key
            UNION SELECT id FROM orders.order_view
        ),
        waiting AS (
            SELECT message.key
            FROM bus.delayed
            JOIN bus.message ON message.id = delayed.message
        )
        SELECT format('order %s was accepted and no order-placed message is recorded', accepted.order_id)
        FROM accepted
        WHERE NOT EXISTS (
            SELECT FROM bus.message
            WHERE message.key = accepted.order_id::text AND message.type = 'orders.order-placed')
        UNION ALL
        SELECT format('order %s was accepted and has no document', accepted.order_id)
        FROM accepted
        LEFT JOIN orders.order_view ON order_view.id = accepted.order_id
        WHERE order_view.id IS NULL
        UNION ALL
        SELECT format('order %s (%s) has not ended and nothing is left to do for it', order_view.id, order_view.status)
        FROM orders.order_view
        WHERE order_view.id::text NOT IN (SELECT key FROM ended UNION ALL SELECT key FROM busy UNION ALL SELECT key FROM waiting)
          AND NOT (order_view.document::jsonb ->> 'needsAttention')::boolean
        UNION ALL
        SELECT format('order %s (%s) has not ended: %s waits in the error queue', order_view.id, order_view.status, stuck.type)
        FROM orders.order_view
        JOIN (
            SELECT message.key, min(message.type) AS type
            FROM bus.failed
            JOIN bus.message ON message.id = failed.message
            WHERE failed.resolution IS NULL
            GROUP BY message.key
        ) AS stuck ON stuck.key = order_view.id::text
        WHERE stuck.key NOT IN (SELECT key FROM ended)
        """;

    protected override string Json => "SELECT format('document of order %s', id), document FROM orders.order_view";

    protected override string LookedAt => $"""
        WITH {Work.Ended}
        SELECT format(
            '%s orders: %s ended, %s under way, %s of them need attention',
            count(*), count(ended.key), count(*) - count(ended.key),
            count(*) FILTER (WHERE ended.key IS NULL AND (order_view.document::jsonb ->> 'needsAttention')::boolean))
        FROM orders.order_view
        LEFT JOIN ended ON ended.key = order_view.id::text
        """;
}
