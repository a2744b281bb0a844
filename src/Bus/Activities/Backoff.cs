namespace Orders.Bus.Activities;

/// <summary>Exponential backoff with full jitter on its upper half, capped, and never past the time to give up.</summary>
internal static class Backoff
{
    /// <param name="options">The activity's limits.</param>
    /// <param name="attempt">The attempt that failed: 1 or more.</param>
    /// <param name="age">How long ago the activity was asked for.</param>
    /// <param name="random">The source of jitter. Thread-safe.</param>
    public static TimeSpan Next(ActivityOptions options, int attempt, TimeSpan age, Random random)
    {
        var doubled = options.FirstBackoff * Math.Pow(2, Math.Min(attempt - 1, 30));
        var capped = doubled < options.MaxBackoff ? doubled : options.MaxBackoff;
        var wait = capped * (0.5 + (random.NextDouble() / 2));
        if (options.GiveUpAfter is not { } limit)
        {
            return wait;
        }

        var left = limit - age;
        return left <= TimeSpan.Zero ? TimeSpan.Zero : wait < left ? wait : left;
    }
}
