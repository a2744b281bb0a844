namespace Orders.Bus;

/// <summary>What an endpoint does while everything fails: one attempt at a time, with a wait after each that fails.</summary>
public sealed class RateLimitSettings(
    TimeSpan? timeToWaitBetweenThrottledAttempts = null,
    Func<CancellationToken, Task>? onRateLimitStarted = null,
    Func<CancellationToken, Task>? onRateLimitEnded = null)
{
    /// <summary>Default 1 s.</summary>
    public TimeSpan TimeToWaitBetweenThrottledAttempts { get; } = timeToWaitBetweenThrottledAttempts switch
    {
        null => TimeSpan.FromSeconds(1),
        { } wait when wait > TimeSpan.Zero => wait,
        { } wait => throw new ArgumentOutOfRangeException(
            nameof(timeToWaitBetweenThrottledAttempts), wait, "Give a time greater than zero."),
    };

    public Func<CancellationToken, Task>? OnRateLimitStarted => onRateLimitStarted;

    public Func<CancellationToken, Task>? OnRateLimitEnded => onRateLimitEnded;
}
