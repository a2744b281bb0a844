using Orders.Bus.Engine;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// How fast confirms are let in while the pipeline is behind. Confirming costs a tenth of what completing costs: without a
/// brake, a burst is accepted at once and then waits for minutes. So the deeper the backlog, the longer a commit waits and
/// the fewer it takes, always within the time that a shopper does not notice.
/// </summary>
internal sealed class ConfirmPace(IBacklog backlog, TimeProvider clock)
{
    /// <summary>Waiting messages that the pipeline works off in a tenth of a second.</summary>
    public const int Comfortable = 200;
    public const int SmallestBatch = 16;
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(40);

    /// <returns>How many confirms the next commit may take.</returns>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        var (wait, batch) = Of(backlog.Depth);
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, cancellationToken);
        }

        return batch;
    }

    /// <summary>Pure: no wait up to the comfortable depth, the longest wait and the smallest batch from four times that on.</summary>
    internal static (TimeSpan Wait, int Batch) Of(int depth)
    {
        var excess = Math.Clamp((depth - Comfortable) / (3.0 * Comfortable), 0, 1);
        return (LongestWait * excess, (int)double.Lerp(ConfirmCommitter.MaxBatch, SmallestBatch, Math.Sqrt(excess)));
    }
}
