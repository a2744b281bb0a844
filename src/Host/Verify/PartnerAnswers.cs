namespace Orders.Host.Verify;

/// <summary>G: what succeeded was answered with 2xx, and each key's deliveries ended in their order.</summary>
internal sealed class PartnerAnswers : InvariantCheck
{
    public override string Name => "G answers: each success was answered with 2xx, each key in order";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => ["webhooks.delivery"];

    // The last attempt in the log is the one that ended it.
    protected override string Faults => """
        SELECT format('delivery %s succeeded and its last answer is %s', id, coalesce(log -> -1 ->> 'status', 'none'))
        FROM webhooks.delivery
        WHERE state = 'succeeded' AND coalesce((log -> -1 ->> 'status')::int, 0) NOT BETWEEN 200 AND 299
        UNION ALL
        SELECT format('delivery %s of %s ended before another that comes before it', id, key)
        FROM (
            SELECT id, key, ended_at, max(ended_at) OVER (PARTITION BY endpoint, key ORDER BY position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
            FROM webhooks.delivery
            WHERE state IN ('succeeded', 'failed')
        ) AS ended
        WHERE ended_at < before
        """;

    protected override string LookedAt => """
        SELECT format('%s succeeded, %s failed', count(*) FILTER (WHERE state = 'succeeded'), count(*) FILTER (WHERE state = 'failed'))
        FROM webhooks.delivery
        """;
}
