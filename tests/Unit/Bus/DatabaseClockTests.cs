using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus;

public sealed class DatabaseClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3_600, 0.01)]
    [InlineData(-3_600, 0.01)]
    [InlineData(30, 20)]
    public void A_clock_that_is_off_by_more_than_a_round_trip_can_hide_is_set_right(double seconds, double roundTrip)
    {
        var answered = Noon.AddSeconds(seconds + (roundTrip / 2));

        Assert.Equal(seconds, DatabaseClock.Wrong(Noon, answered, TimeSpan.FromSeconds(roundTrip)).TotalSeconds, 3);
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(4, 8)]
    [InlineData(-4, 8)]
    public void A_difference_that_the_round_trip_may_have_made_is_none(double seconds, double roundTrip)
    {
        var answered = Noon.AddSeconds(seconds + (roundTrip / 2));

        Assert.Equal(TimeSpan.Zero, DatabaseClock.Wrong(Noon, answered, TimeSpan.FromSeconds(roundTrip)));
    }
}
