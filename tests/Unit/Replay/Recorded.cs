using Orders.Bus.History;
using Orders.Bus.Testing.Exploration;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.Replay;

/// <summary>Histories of every kind of order, in every kind of disorder.</summary>
internal static class Recorded
{
    public static IReadOnlyList<IReadOnlyList<HistoryStep>> Histories { get; } =
    [
        .. Enumerable.Range(1, 400).Select(seed =>
        {
            var failed = Schedule.Random(OrderWorld.Of(RandomScheduleTests.Any(seed) with { Records = true }), seed, out var end);
            return failed is null ? ((OrderWorld)end).History : throw new InvalidOperationException(failed.ToString());
        }),
    ];
}
