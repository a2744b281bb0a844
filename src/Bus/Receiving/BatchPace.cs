namespace Orders.Bus.Engine;

/// <summary>
/// Lets work gather under load. A transaction costs nearly the same for three messages as for thirty, so a busy loop that
/// takes whatever has come since its last look spends itself on small batches. After a batch that shows load, the next one
/// begins no sooner than <see cref="Interval"/> after it began; a quiet loop never waits. Not thread-safe: one a loop.
/// </summary>
internal sealed class BatchPace(TimeProvider clock)
{
    /// <summary>Short beside what an order takes, long beside a round trip.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>As many messages in one batch as a loop gets only under load.</summary>
    public const int Load = 8;

    private long began = clock.GetTimestamp();

    public void Begin() => began = clock.GetTimestamp();

    /// <summary>Returns once the next batch may begin, or at once when stopping.</summary>
    public async Task WaitAsync(int handled, CancellationToken stopping)
    {
        var wait = Of(handled, clock.GetElapsedTime(began));
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Pure: how long to wait after a batch of that many messages that took that long.</summary>
    internal static TimeSpan Of(int handled, TimeSpan took) =>
        handled < Load || took >= Interval ? TimeSpan.Zero : Interval - took;
}
