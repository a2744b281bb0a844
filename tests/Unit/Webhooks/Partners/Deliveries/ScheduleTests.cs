using FsCheck;
using FsCheck.Fluent;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Tests.Unit.Webhooks.Partners.Deliveries;

public sealed class ScheduleTests
{
    [Fact]
    public void Ten_attempts_are_made_over_more_than_75_hours() =>
        Assert.Equal((10, new TimeSpan(3, 3, 35, 5)), (Schedule.MaxAttempts, Schedule.Waits.Aggregate((one, other) => one + other)));

    [Fact]
    public void A_wait_is_never_shorter_than_the_schedule_says_and_a_tenth_longer_at_most() => Prop.ForAll(
        ArbMap.Default.ArbFor<Guid>(),
        Gen.Choose(1, Schedule.Waits.Count).ToArbitrary(),
        (delivery, attempts) => Schedule.Next(delivery, attempts, null) is { } wait
            && wait >= Schedule.Waits[attempts - 1] && wait <= Schedule.Waits[attempts - 1] * (1 + Schedule.MaxJitter)).QuickCheckThrowOnFailure();

    [Fact]
    public void Those_that_failed_together_come_back_apart() => Assert.True(
        Enumerable.Range(0, 100).Select(_ => Schedule.Next(Guid.NewGuid(), 2, null)).Distinct().Count() > 90);

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void A_wish_is_obeyed_within_bounds(int attempts)
    {
        Assert.Equal(TimeSpan.FromMinutes(7), Schedule.Next(Guid.Empty, attempts, TimeSpan.FromMinutes(7)));
        Assert.Equal(Schedule.LeastRetryAfter, Schedule.Next(Guid.Empty, attempts, TimeSpan.FromDays(-1)));
        Assert.Equal(Schedule.MostRetryAfter, Schedule.Next(Guid.Empty, attempts, TimeSpan.FromDays(100)));
    }

    [Fact]
    public void After_the_tenth_failure_there_is_none() => Assert.Null(Schedule.Next(Guid.Empty, 10, TimeSpan.FromMinutes(7)));
}
