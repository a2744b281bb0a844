using Microsoft.Extensions.Logging;

namespace Orders.Bus.Engine;

/// <summary>
/// Slows an endpoint down while everything it tries fails, as when its database or what its handlers need is gone: hot retries
/// would only empty its queue into the error queue. The first success ends it. Not thread-safe: one a loop.
/// </summary>
internal sealed class ConsecutiveFailures(EndpointRuntime endpoint, TimeProvider clock, ILogger logger)
{
    private int count;

    private bool AreMany => count >= endpoint.FailuresToSlowDown;

    /// <summary>A message that nobody can read says nothing of how the endpoint is.</summary>
    public async Task FailedAsync(Exception exception, CancellationToken stopping)
    {
        if (exception is not UnreadableMessageException && ++count == endpoint.FailuresToSlowDown)
        {
            logger.LogWarning(
                "Endpoint {Endpoint} failed {Count} times in a row: it waits {Wait} after each attempt until one succeeds",
                endpoint.Name, count, endpoint.RateLimit.TimeToWaitBetweenThrottledAttempts);
            await TellAsync(endpoint.RateLimit.OnRateLimitStarted, stopping);
        }
    }

    /// <summary>An empty queue is no success.</summary>
    public async Task HandledAsync(int deliveries, CancellationToken stopping)
    {
        var ended = AreMany && deliveries > 0;
        count = deliveries > 0 ? 0 : count;
        if (ended)
        {
            logger.LogInformation("Endpoint {Endpoint} succeeds again: it goes on at its full speed", endpoint.Name);
            await TellAsync(endpoint.RateLimit.OnRateLimitEnded, stopping);
        }
    }

    /// <summary>Returns once the next attempt may begin, or at once when stopping.</summary>
    public async Task WaitAsync(TimeSpan atLeast, CancellationToken stopping)
    {
        var wait = AreMany && endpoint.RateLimit.TimeToWaitBetweenThrottledAttempts > atLeast
            ? endpoint.RateLimit.TimeToWaitBetweenThrottledAttempts
            : atLeast;
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(Func<CancellationToken, Task>? callback, CancellationToken stopping)
    {
        try
        {
            await (callback?.Invoke(stopping) ?? Task.CompletedTask);
        }
        catch (Exception e)
        {
            // Whoever listens must not be able to end the loop.
            logger.LogWarning(e, "The rate limit's callback of endpoint {Endpoint} failed", endpoint.Name);
        }
    }
}
