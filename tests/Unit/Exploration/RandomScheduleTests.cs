using System.Diagnostics;
using Orders.Bus.Testing.Exploration;
using Orders.Contracts;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Long schedules with everything that can go wrong at once, each from one seed. <c>ORDERS_TEST_SEED</c> replays one.</summary>
public sealed class RandomScheduleTests(ITestOutputHelper output)
{
    private const int Seeds = 10_000;

    [Fact]
    public void No_seed_breaks_a_promise()
    {
        var (first, count) = int.TryParse(Environment.GetEnvironmentVariable("ORDERS_TEST_SEED"), out var one) ? (one, 1) : (Environment.TickCount & int.MaxValue / 2, Seeds);
        var started = Stopwatch.GetTimestamp();

        var found = Enumerable.Range(first, count).AsParallel()
            .Select(seed => (Seed: seed, Found: Schedule.Random(OrderWorld.Of(Any(seed)), seed)))
            .FirstOrDefault(run => run.Found is not null);

        output.WriteLine($"seeds {first} to {first + count - 1} in {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        Assert.True(found.Found is null, found.Found is null ? "" : $"ORDERS_TEST_SEED={found.Seed}: {Schedule.Shrink(OrderWorld.Of(Any(found.Seed)), found.Found)}");
    }

    [Fact]
    public void A_fault_is_found_and_shrunk_to_what_it_takes()
    {
        var faulty = Any(seed: 1) with
        {
            Card = "tok_ok", Gift = 0, Tea = 5, PostalCode = "12345",
            Tamper = (_, said) => said is RefundPayment ? [] : [said],
        };

        var (seed, found) = Enumerable.Range(1, Seeds).Select(seed => (seed, Schedule.Random(OrderWorld.Of(faulty), seed))).First(run => run.Item2 is not null);
        var shrunk = Schedule.Shrink(OrderWorld.Of(faulty), found!);

        output.WriteLine($"seed {seed}: {found!.Schedule.Count} steps, shrunk to {shrunk}");
        Assert.Equal("the order never ends (it is Refunding)", shrunk.Broken);
        Assert.True(shrunk.Schedule.Count < found.Schedule.Count / 2);
        Assert.Equal(shrunk.Broken, Schedule.Replay(OrderWorld.Of(faulty), shrunk.Schedule)?.Broken);
        Assert.Equal(found, Schedule.Random(OrderWorld.Of(faulty), seed), (a, b) => a!.Schedule.SequenceEqual(b!.Schedule));
    }

    internal static Scenario Any(int seed)
    {
        var dice = new Random(seed);
        return new()
        {
            Card = Of("tok_ok", "tok_ok", "tok_declined", "tok_capture_fails"),
            Gift = dice.Next(3) * 150L,
            PostalCode = Of("12345", "12345", Scenario.NotByTheFirst, Scenario.Nowhere),
            Tea = dice.Next(5) == 0 ? 1 : 5,
            Cancellations = dice.Next(3),
            Duplicates = dice.Next(10),
            LostReplies = dice.Next(5),
            GivenUp = dice.Next(3),
            TimersAnyTime = dice.Next(2) == 0,
        };

        string Of(params string[] any) => any[dice.Next(any.Length)];
    }
}
