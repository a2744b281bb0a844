using Orders.Bus.Engine;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// How fast confirms are let in while the pipeline is behind. Confirming costs a tenth of what completing costs: without a
/// brake, a burst is accepted at once and then waits for minutes. So the deeper the backlog, the longer a commit waits and
/// the fewer a second are taken; a commit that was late takes as many more, so that nobody waits for two.
/// </summary>
internal sealed class ConfirmPace(IBacklog backlog, TimeProvider clock)
{
    /// <summary>Waiting messages that the pipeline works off in a tenth of a second.</summary>
    public const int Comfortable = 200;

    /// <summary>Confirms a second at four times the comfortable depth.</summary>
    public const int BrakedPerSecond = 400;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(25);

    private long last = clock.GetTimestamp();

    /// <param name="waiting">Confirms that wait to be committed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How many confirms the next commit may take.</returns>
    public async Task<int> WaitAsync(int waiting, CancellationToken cancellationToken)
    {
        var (wait, perSecond) = Of(backlog.Depth, waiting);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }

        var now = clock.GetTimestamp();
        var allowed = perSecond * clock.GetElapsedTime(last, now).TotalSeconds;
        last = now;
        return (int)Math.Clamp(allowed, 1, ConfirmCommitter.MaxBatch);
    }

    /// <summary>
    /// Pure: no brake up to the comfortable depth; the longest wait from four times that on, and ever fewer a second, so that
    /// there is a depth at which no more come in than get done, however slow the machine. Where more wait than one commit takes,
    /// they wait for several: fewer and larger commits leave more of the machine to the pipeline.
    /// </summary>
    internal static (TimeSpan Wait, double PerSecond) Of(int depth, int waiting)
    {
        var excess = Math.Max(0, (depth - Comfortable) / (3.0 * Comfortable));
        var wait = waiting > ConfirmCommitter.MaxBatch ? 3 * LongestWait : LongestWait;
        return (wait * Math.Min(excess, 1), BrakedPerSecond / excess);
    }
}
