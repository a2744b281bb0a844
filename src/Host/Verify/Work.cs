namespace Orders.Host.Verify;

/// <summary>SQL that several checks begin with.</summary>
internal static class Work
{
    public static readonly string[] Tables = ["bus.message", "bus.delivery", "bus.delayed", "bus.activity", "bus.outgoing", "bus.saga", "bus.failed"];

    /// <summary>
    /// <c>busy(key)</c>: the business keys that still have work to come: a message to handle, a call to make, a retry, or a
    /// message in the error queue that an operator may retry. A key that is not in it is at rest and can be judged.
    /// </summary>
    public const string Busy = """
        busy AS MATERIALIZED (
            SELECT message.key
            FROM (
                SELECT message FROM bus.delivery
                UNION ALL SELECT message FROM bus.outgoing
                UNION ALL SELECT message FROM bus.activity
                UNION ALL SELECT message FROM bus.delayed WHERE retries > 0
                UNION ALL SELECT message FROM bus.failed WHERE resolution IS NULL
            ) AS work
            JOIN bus.message ON message.id = work.message
            GROUP BY message.key
        )
        """;

    /// <summary><c>ended(key, ends, type)</c>: how often, and as what, the end of each order was recorded.</summary>
    public const string Ended = """
        ended AS MATERIALIZED (
            SELECT key, count(*) AS ends, string_agg(DISTINCT type, ' and ' ORDER BY type) AS type
            FROM bus.message
            WHERE type IN ('orders.order-completed', 'orders.order-rejected', 'orders.order-cancelled')
            GROUP BY key
        )
        """;
}
