using System.Collections.Immutable;
using Orders.Bus.History;
using Orders.Bus.Testing.Exploration;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.Replay;

/// <summary>Histories of every kind of order, in every kind of disorder.</summary>
internal static class Recorded
{
    public static IReadOnlyList<IReadOnlyList<HistoryStep>> Histories { get; } =
    [
        .. Enumerable.Range(1, 150).Select(seed => Run(RandomScheduleTests.Any(seed), seed)),
        // Holds that run out: they are rare where everything else goes wrong as well.
        .. Enumerable.Range(1, 150).Select(seed => Run(new() { TimersAnyTime = true, Duplicates = 1 }, seed)),
    ];

    private static ImmutableList<HistoryStep> Run(Scenario scenario, int seed) =>
        Schedule.Random(OrderWorld.Of(scenario with { Records = true }), seed, out var end) is { } broken
            ? throw new InvalidOperationException(broken.ToString())
            : ((OrderWorld)end).History;
}
