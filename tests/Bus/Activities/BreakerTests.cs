using Microsoft.Extensions.Logging.Abstractions;
using Orders.Bus.Activities;
using Polly;
using Polly.CircuitBreaker;

namespace Orders.Tests.Bus.Activities;

public sealed class BreakerTests
{
    private readonly ResiliencePipeline breaker = Breaker.Create("a-destination", TimeProvider.System, NullLogger.Instance);

    [Fact]
    public void A_destination_that_answers_nobody_is_left_alone_for_a_while()
    {
        FailOften();

        Assert.Throws<BrokenCircuitException>(() => breaker.Execute(() => { }));
    }

    [Fact]
    public void A_destination_that_answers_somebody_is_called_for_everybody()
    {
        breaker.Execute(() => { });
        FailOften();

        breaker.Execute(() => { });
    }

    private void FailOften()
    {
        for (var call = 0; call < 100; call++)
        {
            Assert.Throws<TimeoutException>(() => breaker.Execute(() => throw new TimeoutException()));
        }
    }
}
