namespace Orders.Host.Verify;

/// <summary>F: an activity whose lease ended is taken up again.</summary>
internal sealed class Leases : InvariantCheck
{
    public override string Name => "F leases: no lease that ended is left lying";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => Work.Tables;

    // A lease is due when it ends, and then anyone may take the activity. A minute later, with the activity's endpoint running
    // somewhere (a process holds its advisory lock while it lives), nobody has: it is stale.
    protected override string Faults => """
        SELECT format(
            'activity %s (%s) of %s is leased by process %s since before %s and nobody took it up',
            activity.message, activity.destination, endpoint.name, activity.holder, activity.due_at)
        FROM bus.activity
        JOIN bus.endpoint ON endpoint.id = activity.endpoint
        WHERE activity.holder IS NOT NULL
          AND activity.due_at < bus.now() - interval '1 minute'
          AND EXISTS (
            SELECT FROM bus.process
            JOIN pg_locks ON pg_locks.locktype = 'advisory' AND pg_locks.classid = 20483 AND pg_locks.objid::bigint = process.id
            WHERE activity.endpoint = ANY (process.endpoints))
        ORDER BY activity.due_at
        """;

    protected override string LookedAt => """
        SELECT format('%s calls under way or waiting', count(*)) FROM bus.activity
        """;
}
