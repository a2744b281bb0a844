namespace Orders.Host.Bench;

/// <summary>Times in milliseconds, by the nearest-rank method.</summary>
internal sealed record Percentiles(double P50, double P99, double Max)
{
    public static Percentiles Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0 ? new(0, 0, 0) : new(Rank(sorted, 0.50), Rank(sorted, 0.99), Math.Round(sorted[^1], 1));
    }

    private static double Rank(double[] sorted, double share) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 1);
}
