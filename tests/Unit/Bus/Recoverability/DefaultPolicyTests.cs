namespace Orders.Tests.Unit.Bus.Recoverability;

public sealed class DefaultPolicyTests
{
    [Theory]
    [InlineData(1, 0, typeof(ImmediateRetry))]
    [InlineData(2, 0, typeof(ImmediateRetry))]
    [InlineData(3, 0, typeof(DelayedRetry))]
    [InlineData(1, 1, typeof(ImmediateRetry))]
    [InlineData(3, 1, typeof(DelayedRetry))]
    [InlineData(3, 2, typeof(MoveToError))]
    public void Immediate_retries_come_first_then_delayed_ones_then_the_error_queue(int failures, int delayed, Type expected) =>
        Assert.IsType(expected, Decide(Settings(), new TimeoutException(), failures, delayed));

    [Theory]
    [InlineData(typeof(ArgumentException))]
    [InlineData(typeof(ArgumentNullException))]
    public void An_unrecoverable_exception_and_what_derives_from_it_is_never_retried(Type thrown)
    {
        var settings = Settings().AddUnrecoverableException<ArgumentException>();

        Assert.IsType<MoveToError>(Decide(settings, (Exception)Activator.CreateInstance(thrown)!, 1, 0));
        Assert.IsType<ImmediateRetry>(Decide(settings, new InvalidOperationException(), 1, 0));
    }

    [Fact]
    public void Waits_double_from_the_first_one_up_to_the_longest()
    {
        var settings = new RecoverabilitySettings().Delayed(
            d => d.NumberOfRetries(100).TimeIncrease(TimeSpan.FromSeconds(10)).MaxTimeIncrease(TimeSpan.FromSeconds(150)));
        for (var delayed = 0; delayed < 100; delayed++)
        {
            var doubled = TimeSpan.FromSeconds(Math.Min(10 * Math.Pow(2, delayed), 100));
            Assert.InRange(Wait(settings, Guid.CreateVersion7(), delayed), doubled, doubled * 1.5);
        }
    }

    [Fact]
    public void The_longest_wait_never_undercuts_the_first()
    {
        var settings = new RecoverabilitySettings().Delayed(d => d.TimeIncrease(TimeSpan.FromHours(1)));

        Assert.Equal(TimeSpan.FromHours(1), Wait(settings, Guid.CreateVersion7(), 0));
    }

    [Fact]
    public void Jitter_differs_between_messages_attempts_and_seeds_and_nowhere_else()
    {
        var settings = new RecoverabilitySettings().Delayed(d => d.TimeIncrease(TimeSpan.FromSeconds(10)));
        var seeded = new RecoverabilitySettings().Delayed(d => d.TimeIncrease(TimeSpan.FromSeconds(10)).JitterSeed(7));
        var message = Guid.Parse("01a1fdea-d3ea-7e7e-8819-9c5f0df49778");

        Assert.Equal(Wait(settings, message, 0), Wait(settings, message, 0));
        Assert.NotEqual(Wait(settings, message, 0), Wait(seeded, message, 0));
        Assert.NotEqual(Wait(settings, message, 0) * 2, Wait(settings, message, 1));
        Assert.InRange(Enumerable.Range(0, 100).Select(_ => Wait(settings, Guid.NewGuid(), 0)).Distinct().Count(), 99, 100);
    }

    [Fact]
    public void Settings_that_cannot_be_meant_are_refused()
    {
        var settings = new RecoverabilitySettings();

        Assert.Throws<ArgumentOutOfRangeException>(() => settings.Immediate(i => i.NumberOfRetries(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => settings.Delayed(d => d.NumberOfRetries(101)));
        Assert.Throws<ArgumentOutOfRangeException>(() => settings.Delayed(d => d.TimeIncrease(TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => settings.Delayed(d => d.MaxTimeIncrease(TimeSpan.Zero)));
        Assert.Throws<ArgumentOutOfRangeException>(() => settings.OnConsecutiveFailures(0, new()));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateLimitSettings(TimeSpan.Zero));
    }

    private static RecoverabilitySettings Settings() =>
        new RecoverabilitySettings().Immediate(i => i.NumberOfRetries(2)).Delayed(d => d.NumberOfRetries(2));

    private static TimeSpan Wait(RecoverabilitySettings settings, Guid message, int delayed) => Assert.IsType<DelayedRetry>(
        DefaultRecoverabilityPolicy.Invoke(settings.Build(), new(new TimeoutException(), new Dictionary<string, string>(), message.ToString(), 9, delayed))).Delay;

    private static RecoverabilityAction Decide(RecoverabilitySettings settings, Exception exception, int failures, int delayed) =>
        DefaultRecoverabilityPolicy.Invoke(settings.Build(), new(exception, new Dictionary<string, string>(), "m", failures, delayed));
}
