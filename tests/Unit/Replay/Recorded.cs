using System.Collections.Immutable;
using Orders.Bus.History;
using Orders.Bus.Testing.Exploration;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.Replay;

/// <summary>Histories of every kind of order, in every kind of disorder.</summary>
internal static class Recorded
{
    /// <summary>The answer to the first hold comes after that has run out, and is none to the second.</summary>
    private static readonly string[] LateAnswer =
    [
        "inventory hears OrderPlaced", "payments hears OrderPlaced", "dispatch hears OrderPlaced", "AuthoriseAtProvider is answered",
        "payments hears AuthorisationAnswered", "the hold runs out", "orders hears OrderPlaced", "orders hears HoldExpired",
        "orders hears PaymentAuthorised", "orders hears StockReserved",
    ];

    public static IReadOnlyList<IReadOnlyList<HistoryStep>> Histories { get; } =
    [
        .. Enumerable.Range(1, 60).Select(seed => HistoryOf(Schedule.Random(Start(RandomScheduleTests.Any(seed)), seed, out var end), end)),
        // Holds that run out: they are rare where everything else goes wrong as well.
        .. Enumerable.Range(1, 30).Select(seed => HistoryOf(Schedule.Random(Start(new() { TimersAnyTime = true, Duplicates = 1 }), seed, out var end), end)),
        HistoryOf(Schedule.Replay(Start(new() { TimersAnyTime = true }), LateAnswer, out var late), late),
    ];

    private static OrderWorld Start(Scenario scenario) => OrderWorld.Of(scenario with { Records = true });

    private static ImmutableList<HistoryStep> HistoryOf(Counterexample? broken, IWorld end) =>
        broken is null ? ((OrderWorld)end).History : throw new InvalidOperationException(broken.ToString());
}
