namespace Orders.Host.Verify;

/// <summary>G: what happened to an order is told, once, to each endpoint that listened then.</summary>
internal sealed class PartnerEvents : InvariantCheck
{
    public override string Name => "G events: every event has one delivery for each endpoint that listens";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "webhooks.endpoint", "webhooks.event", "webhooks.delivery"];

    // Who began to listen a moment before may have been read a moment too early; what is about to be ninety days old goes piece by piece.
    protected override string Faults => $"""
        WITH {Work.Busy},
        listening AS (
            SELECT id AS endpoint, unnest(events) AS type, listening_since + interval '5 seconds' AS since
            FROM webhooks.endpoint
            WHERE listening_since IS NOT NULL
        ),
        happened AS MATERIALIZED (
            SELECT key, sent_at, CASE type WHEN 'orders.order-placed' THEN 'order.accepted' ELSE 'order.' || (body::jsonb ->> 'status') END AS type
            FROM bus.message
            WHERE type IN ('orders.order-placed', 'orders.order-status-changed') AND sent_at > bus.now() - interval '89 days'
        )
        SELECT DISTINCT format('%s of order %s was told to nobody', happened.type, happened.key)
        FROM happened
        JOIN listening ON listening.type = happened.type AND happened.sent_at > listening.since
        WHERE NOT EXISTS (SELECT FROM webhooks.event WHERE event.key = happened.key AND event.type = happened.type)
          AND happened.key NOT IN (SELECT key FROM busy)
        UNION ALL
        SELECT format('endpoint %s has no delivery of event %s (%s of %s)', listening.endpoint, event.id, event.type, event.key)
        FROM webhooks.event
        JOIN listening ON listening.type = event.type AND event.at > listening.since
        LEFT JOIN webhooks.delivery ON delivery.endpoint = listening.endpoint AND delivery.event = event.id
        WHERE delivery.id IS NULL AND event.at > bus.now() - interval '89 days'
        UNION ALL
        SELECT format('endpoint %s has %s deliveries of event %s', endpoint, count(*), event)
        FROM webhooks.delivery
        GROUP BY endpoint, event
        HAVING count(*) > 1
        UNION ALL
        SELECT format('delivery %s has another id than its endpoint and event make', id)
        FROM webhooks.delivery
        WHERE id <> md5(endpoint::text || event::text)::uuid
        """;

    protected override string Json => "SELECT format('%s of %s', type, key), body FROM bus.message WHERE type = 'orders.order-status-changed'";

    protected override string LookedAt => """
        SELECT format(
            '%s endpoints, %s events, %s deliveries',
            (SELECT count(*) FROM webhooks.endpoint), (SELECT count(*) FROM webhooks.event), (SELECT count(*) FROM webhooks.delivery))
        """;
}
