namespace Orders.Host.Verify;

/// <summary>F: what gave up can still be read, and what was discarded says by whom and why.</summary>
internal sealed class ErrorQueue : InvariantCheck
{
    public override string Name => "F error queue: nothing in it is lost";

    public override bool IsOfEachDatabase => true;

    public override IReadOnlyList<string> Tables => Work.Tables;

    protected override string Faults => """
        SELECT format('failed message %s at endpoint %s: its message %s is lost', failed.id, failed.endpoint, failed.message)
        FROM bus.failed
        LEFT JOIN bus.message ON message.id = failed.message
        WHERE message.id IS NULL
        UNION ALL
        SELECT format('failed message %s was %s and nobody signed for it', failed.id, failed.resolution)
        FROM bus.failed
        WHERE failed.resolution IS NOT NULL AND (failed.resolved_by IS NULL OR failed.resolved_at IS NULL)
        """;

    protected override string LookedAt => """
        SELECT format('%s wait for an operator, %s dealt with', count(*) FILTER (WHERE resolution IS NULL), count(resolution))
        FROM bus.failed
        """;
}
