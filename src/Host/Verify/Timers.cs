namespace Orders.Host.Verify;

/// <summary>F: no timer outlives its saga.</summary>
internal sealed class Timers : InvariantCheck
{
    public override string Name => "F timers: every timer's saga is still running";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => Work.Tables;

    // A completed saga is kept for a while to swallow late messages; its timers go when it completes.
    protected override string Faults => """
        SELECT format(
            'timer %s of saga %s, due %s: the saga %s', delayed.id, delayed.saga, delayed.due_at,
            CASE WHEN saga.id IS NULL THEN 'does not exist' ELSE 'has completed' END)
        FROM bus.delayed
        LEFT JOIN bus.saga ON saga.id = delayed.saga
        WHERE delayed.saga IS NOT NULL AND (saga.id IS NULL OR saga.forget_at IS NOT NULL)
        ORDER BY delayed.id
        """;

    protected override string LookedAt => """
        SELECT format('%s timers wait, %s sagas run', (SELECT count(*) FROM bus.delayed WHERE saga IS NOT NULL), count(*))
        FROM bus.saga
        WHERE forget_at IS NULL
        """;
}
