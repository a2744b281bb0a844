namespace Orders.Bus;

/// <summary>Waits that double up to a limit, each up to half as long again by jitter, so that what failed together does not return together.</summary>
internal static class ExponentialBackoff
{
    /// <param name="first">The shortest wait, before the second attempt.</param>
    /// <param name="longest">No wait is longer, jitter included, unless <paramref name="first"/> is.</param>
    /// <param name="attempt">The attempt that failed: 1 or more.</param>
    /// <param name="jitter">0 or more and below 1.</param>
    public static TimeSpan Wait(TimeSpan first, TimeSpan longest, int attempt, double jitter)
    {
        // 2^30 times the shortest wait is far beyond any limit and far below what a TimeSpan holds of a first wait of minutes.
        var doubled = Math.Min(first.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 30)), longest.TotalSeconds / 1.5);
        var wait = TimeSpan.FromSeconds(doubled * (1 + (jitter / 2)));
        return wait > first ? wait : first;
    }
}
