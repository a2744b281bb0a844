using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;

namespace Orders.Bus.Activities;

/// <summary>One circuit breaker a destination: when most calls of the last ten seconds failed, none is made for two seconds.</summary>
internal static class Breaker
{
    public static ResiliencePipeline Create(string destination, TimeProvider clock, ILogger logger) =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.8,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = TimeSpan.FromSeconds(2),
                ShouldHandle = new PredicateBuilder().Handle<Exception>(),
                OnOpened = _ =>
                {
                    logger.LogWarning("Most calls to {Destination} fail: pausing for two seconds", destination);
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
