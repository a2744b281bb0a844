using Orders.Bus.Activities;

namespace Orders.Tests.Bus.Activities;

public sealed class BackoffTests
{
    private static readonly ActivityOptions Options = new()
    {
        Destination = "outside",
        FirstBackoff = TimeSpan.FromMilliseconds(200),
        MaxBackoff = TimeSpan.FromSeconds(30),
        GiveUpAfter = TimeSpan.FromMinutes(2),
    };

    [Fact]
    public void It_stays_between_the_first_and_the_longest_wait_at_every_attempt_and_age()
    {
        var random = new Random(7);
        for (var attempt = 1; attempt < 100; attempt++)
        {
            for (var age = TimeSpan.Zero; age < TimeSpan.FromMinutes(3); age += TimeSpan.FromSeconds(1))
            {
                Assert.InRange(Backoff.Next(Options, attempt, age, random), Options.FirstBackoff, Options.MaxBackoff);
            }
        }
    }

    [Fact]
    public void It_doubles_and_ends_at_the_time_to_give_up()
    {
        var random = new Random(7);

        Assert.InRange(Backoff.Next(Options, 4, TimeSpan.Zero, random), TimeSpan.FromMilliseconds(1600), TimeSpan.FromMilliseconds(2400));
        Assert.Equal(TimeSpan.FromSeconds(1), Backoff.Next(Options, 20, TimeSpan.FromSeconds(119), random));
    }
}
