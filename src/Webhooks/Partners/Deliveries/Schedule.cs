namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>When a delivery is tried again. Pure: the jitter comes from the delivery's id, so that it is the same whoever asks.</summary>
internal static class Schedule
{
    /// <summary>A partner's wish is obeyed within these.</summary>
    public static readonly TimeSpan LeastRetryAfter = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan MostRetryAfter = TimeSpan.FromHours(24);

    /// <summary>Each wait is up to this much longer, never shorter: those that failed together come back apart.</summary>
    public const double MaxJitter = 0.1;

    public static IReadOnlyList<TimeSpan> Waits { get; } =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public static int MaxAttempts => Waits.Count + 1;

    /// <param name="delivery">Which.</param>
    /// <param name="attempts">Attempts that failed: 1 or more.</param>
    /// <param name="askedFor">What the partner asked for, if it did.</param>
    /// <returns>The wait before the next attempt; null where there is none any more.</returns>
    public static TimeSpan? Next(Guid delivery, int attempts, TimeSpan? askedFor) => attempts >= MaxAttempts
        ? null
        : askedFor is { } wish
            ? Bounded(wish)
            : Waits[attempts - 1] * (1 + (MaxJitter * Fraction(delivery, attempts)));

    public static TimeSpan Bounded(TimeSpan wish) => wish < LeastRetryAfter ? LeastRetryAfter : wish > MostRetryAfter ? MostRetryAfter : wish;

    /// <summary>0 to 1, spread over deliveries and attempts (the finaliser of SplitMix64).</summary>
    private static double Fraction(Guid delivery, int attempts)
    {
        var mixed = BitConverter.ToUInt64(delivery.ToByteArray(), 8) + ((ulong)attempts * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (mixed >> 40) / (double)(1 << 24);
    }
}
