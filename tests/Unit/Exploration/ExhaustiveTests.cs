using System.Diagnostics;
using Orders.Bus.Testing.Exploration;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Every schedule of the small scenarios.</summary>
public sealed class ExhaustiveTests(ITestOutputHelper output)
{
    public static TheoryData<string> Small => [.. Scenarios.Keys.Except(LongOnes)];

    public static TheoryData<string> Large => [.. LongOnes];

    private static string[] LongOnes => ["time passes, a copy of anything", "cancelled at any moment, time passes"];

    private static IReadOnlyDictionary<string, Scenario> Scenarios { get; } = new Dictionary<string, Scenario>(StringComparer.Ordinal)
    {
        ["good"] = new() { Duplicates = 2 },
        ["answers lost"] = new() { Duplicates = 1, LostReplies = 2 },
        ["time passes"] = new() { TimersAnyTime = true },
        ["time passes, a copy of anything"] = new() { TimersAnyTime = true, Duplicates = 1 },
        ["cancelled at any moment"] = new() { Cancellations = 1, Duplicates = 1 },
        ["cancelled at any moment, time passes"] = new() { Cancellations = 1, TimersAnyTime = true },
        ["cancelled at any moment, answers lost"] = new() { Cancellations = 1, LostReplies = 1, GivenUp = 1 },
        ["cancelled twice"] = new() { Cancellations = 2 },
        ["declined"] = new() { Card = "tok_declined", Duplicates = 2 },
        ["short"] = new() { Tea = 1, Duplicates = 2 },
        ["short, cancelled at any moment"] = new() { Tea = 1, Cancellations = 1, Duplicates = 1 },
        ["capture refused"] = new() { Card = "tok_capture_fails", Duplicates = 1 },
        ["capture refused, cancelled at any moment"] = new() { Card = "tok_capture_fails", Cancellations = 1, Duplicates = 1 },
        ["no carrier goes there"] = new() { PostalCode = Scenario.Nowhere, Duplicates = 1 },
        ["no carrier goes there, cancelled at any moment"] = new() { PostalCode = Scenario.Nowhere, Cancellations = 1, Duplicates = 1 },
        ["the first carrier does not go there"] = new() { PostalCode = Scenario.NotByTheFirst, Cancellations = 1 },
        ["calls are given up"] = new() { GivenUp = 2, LostReplies = 2 },
        ["calls are given up, cancelled at any moment"] = new() { GivenUp = 2, LostReplies = 1, Cancellations = 1 },
        ["paid with a gift card"] = new() { Gift = 300, Cancellations = 1, Duplicates = 1 },
        ["paid with a gift card and a card"] = new() { Gift = 100, Cancellations = 1, Duplicates = 1 },
    };

    [Theory]
    [MemberData(nameof(Small))]
    public void No_schedule_breaks_a_promise(string scenario) => Explore(scenario);

    [Theory]
    [MemberData(nameof(Large))]
    [Trait("Extent", "long")]
    public void No_schedule_of_a_large_one_breaks_a_promise(string scenario) => Explore(scenario);

    private void Explore(string scenario)
    {
        var started = Stopwatch.GetTimestamp();

        var explored = Exhaustive.Explore(OrderWorld.Of(Scenarios[scenario]));

        output.WriteLine($"{scenario}: {explored.States} states, {explored.Schedules} schedules, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        Assert.True(explored.Found is null, explored.Found?.ToString());
        Assert.NotNull(explored.Schedules);
    }
}
