namespace Orders.Host.Verify;

/// <summary>F: no work without its message, none for nobody, none that is overdue.</summary>
internal sealed class Undispatched : InvariantCheck
{
    public override string Name => "F dispatch: every piece of work has its message and is taken when due";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => [.. Work.Tables, "bus.endpoint", "bus.process"];

    protected override string Faults => """
        WITH work AS (
            SELECT 'delivery' AS kind, message, endpoint FROM bus.delivery
            UNION ALL SELECT 'delayed message', message, endpoint FROM bus.delayed
            UNION ALL SELECT 'activity', message, endpoint FROM bus.activity
            UNION ALL SELECT 'outgoing message', message, endpoint FROM bus.outgoing
        )
        SELECT format('%s of message %s to %s: the message is lost', work.kind, work.message, coalesce(endpoint.name, work.endpoint::text))
        FROM work
        LEFT JOIN bus.endpoint ON endpoint.id = work.endpoint
        LEFT JOIN bus.message ON message.id = work.message
        WHERE message.id IS NULL
        UNION ALL
        SELECT format('%s of message %s: there is no endpoint %s', work.kind, work.message, work.endpoint)
        FROM work
        LEFT JOIN bus.endpoint ON endpoint.id = work.endpoint
        WHERE endpoint.id IS NULL AND work.kind <> 'outgoing message'
        UNION ALL
        SELECT format('delayed message %s was due %s and lies', delayed.id, delayed.due_at)
        FROM bus.delayed
        WHERE delayed.due_at < bus.now() - interval '1 minute'
          AND EXISTS (
            SELECT FROM bus.process
            JOIN pg_locks ON pg_locks.locktype = 'advisory' AND pg_locks.classid = 20483 AND pg_locks.objid::bigint = process.id
            WHERE delayed.endpoint = ANY (process.endpoints))
        """;

    protected override string LookedAt => """
        SELECT format(
            '%s deliveries, %s delayed messages, %s activities, %s messages for a broker to come',
            (SELECT count(*) FROM bus.delivery), (SELECT count(*) FROM bus.delayed), (SELECT count(*) FROM bus.activity),
            (SELECT count(*) FROM bus.outgoing))
        """;
}
