using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Orders.Bus.Activities;

/// <summary>
/// One circuit breaker a destination: when many calls of the last ten seconds failed and none succeeded, none is made for a
/// second. One success is enough to keep it closed: a destination that answers somebody is not down, and callers with
/// troubles of their own (a card whose issuer never answers) must not hold up the others. Their backoff spaces them out.
/// </summary>
internal static class Breaker
{
    public static ResiliencePipeline Create(string destination, TimeProvider clock, ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 1,
                MinimumThroughput = 100,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(1),
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),
                OnOpened = _ =>
                {
                    logger.LogWarning("All calls to {Destination} fail: pausing for a second", destination);
                    return default;
                },
                OnClosed = _ =>
                {
                    logger.LogInformation("{Destination} answers again", destination);
                    return default;
                },
            })
            .Build();
}
