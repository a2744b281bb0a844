namespace Orders.Bus.Activities;

/// <summary>How an activity is carried out.</summary>
public sealed record ActivityOptions
{
    /// <summary>
    /// What is called: activities with the same destination share a circuit breaker and a limit on calls at once. Where there are
    /// several of a kind (carriers, say), it is the kind, and each of them has its own.
    /// </summary>
    public required string Destination { get; init; }

    /// <summary>An attempt that takes longer is cancelled and counts as failed.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Calls at once to the destination, in this process.</summary>
    public int MaxParallel { get; init; } = 64;

    /// <summary>The wait before the second attempt; it doubles from there, with jitter.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Counted from the request. After it, <see cref="IActivity{TRequest}.GiveUp"/> says the outcome. Null: never.</summary>
    public TimeSpan? GiveUpAfter { get; init; }
}
