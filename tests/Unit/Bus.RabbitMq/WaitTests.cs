using Orders.Bus.RabbitMq;

namespace Orders.Tests.Unit.BusRabbitMq;

public sealed class WaitTests
{
    [Theory]
    [InlineData(0, 0, 0.125)]
    [InlineData(0, 1, 0.25)]
    [InlineData(3, 1, 2)]
    [InlineData(10, 0, 2.5)]
    [InlineData(10, 1, 5)]
    [InlineData(int.MaxValue, 1, 5)]
    public void The_wait_before_a_connection_doubles_up_to_its_limit_and_half_of_it_is_jitter(int attempt, double jitter, double seconds) =>
        Assert.Equal(seconds, Broker.Wait(attempt, TimeSpan.FromSeconds(5), jitter).TotalSeconds, 0.001);
}
