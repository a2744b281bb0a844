namespace Orders.Host.Verify;

/// <summary>G: no delivery lies. Of each endpoint and key one is at the head, and something is on its way that moves it.</summary>
internal sealed class PartnerQueues : InvariantCheck
{
    public override string Name => "G queues: something moves every delivery that is to be made";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "webhooks.endpoint", "webhooks.delivery"];

    // What moves an endpoint's queue is a message whose key is the endpoint: one to handle, an attempt under way, or, for heads
    // that are to wait, a delayed one. A disabled endpoint's deliveries wait for somebody to enable it.
    protected override string Faults => $"""
        WITH {Work.Busy},
        woken AS MATERIALIZED (SELECT DISTINCT message.key FROM bus.delayed JOIN bus.message ON message.id = delayed.message),
        heads AS MATERIALIZED (
            SELECT endpoint, key, count(*) AS count, min(position) AS position
            FROM webhooks.delivery
            WHERE state IN ('due', 'sending')
            GROUP BY endpoint, key
        )
        SELECT format('delivery %s (%s) of endpoint %s: nothing is on its way that moves it', delivery.id, delivery.state, endpoint.id)
        FROM webhooks.delivery
        JOIN webhooks.endpoint ON endpoint.id = delivery.endpoint
        WHERE (delivery.state = 'sending' OR (delivery.state IN ('new', 'due') AND endpoint.enabled))
          AND endpoint.id::text NOT IN (SELECT key FROM busy)
          AND (delivery.state <> 'due' OR endpoint.id::text NOT IN (SELECT key FROM woken))
        UNION ALL
        SELECT format('delivery %s of endpoint %s waits behind nobody', delivery.id, delivery.endpoint)
        FROM webhooks.delivery
        LEFT JOIN heads ON heads.endpoint = delivery.endpoint AND heads.key = delivery.key AND heads.position < delivery.position
        WHERE delivery.state = 'behind' AND heads.key IS NULL
        UNION ALL
        SELECT format('endpoint %s has %s deliveries of %s under way at once', endpoint, count, key)
        FROM heads
        WHERE count > 1
        UNION ALL
        SELECT format('delivery %s is for an endpoint that is not there', delivery.id)
        FROM webhooks.delivery
        LEFT JOIN webhooks.endpoint ON endpoint.id = delivery.endpoint
        WHERE endpoint.id IS NULL
        """;

    protected override string LookedAt => """
        SELECT format('%s to be made, %s of them for disabled endpoints', count(*), count(*) FILTER (WHERE NOT endpoint.enabled))
        FROM webhooks.delivery
        JOIN webhooks.endpoint ON endpoint.id = delivery.endpoint
        WHERE delivery.state IN ('new', 'behind', 'due', 'sending')
        """;
}
