namespace Orders.Bus.Activities;

/// <summary>
/// Exponential backoff, each wait up to half as long again by jitter, between the activity's limits. It does not wait past
/// the time to give up, but for the first backoff: whatever fails, nothing is ever repeated at once.
/// </summary>
internal static class Backoff
{
    /// <param name="options">The activity's limits.</param>
    /// <param name="attempt">The attempt that failed: 1 or more.</param>
    /// <param name="age">How long ago the activity was asked for.</param>
    /// <param name="random">The source of jitter. Thread-safe.</param>
    public static TimeSpan Next(ActivityOptions options, int attempt, TimeSpan age, Random random)
    {
        var wait = ExponentialBackoff.Wait(options.FirstBackoff, options.MaxBackoff, attempt, random.NextDouble());
        // Past that time, giving up itself has failed: its repetitions are spaced out as well.
        var left = options.GiveUpAfter - age;
        return Max(options.FirstBackoff, left > TimeSpan.Zero ? Min(wait, left.Value) : wait);
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
