using System.Collections.Concurrent;
using System.Diagnostics;
using Orders.Host.Bench;
using Orders.Host.Client;

namespace Orders.Host.Demo;

/// <summary>Where the demo stands, for the display. Written by the run, read by the display, on one thread at a time.</summary>
internal sealed class DemoState(int total, OrderWatch watch)
{
    private static readonly string[] StagesInOrder =
        ["accepted", "confirmed", "dispatching", "cancelling", "completed", "rejected", "cancelled"];

    private readonly Stopwatch stopwatch = Stopwatch.StartNew();

    public int Total => total;

    /// <summary>The orders that were placed by a demo that was killed.</summary>
    public ConcurrentDictionary<Guid, bool> TakenUpAgain { get; } = new();

    public TimeSpan Elapsed => stopwatch.Elapsed;

    public ConcurrentDictionary<Guid, DemoOrder> Placed { get; } = new();

    public ConcurrentBag<TimeSpan> ConfirmTimes { get; } = [];

    public IReadOnlyList<ProviderOperation> Provider { get; set; } = [];

    /// <summary>Events that the partner has.</summary>
    public int HeardByPartner { get; set; }

    /// <summary>The orders of which the partner heard all: of one that was taken up again, a demo that is gone heard the beginning.</summary>
    public IReadOnlyCollection<OrderDocument> Followed => [.. watch.Documents.Where(document => !TakenUpAgain.ContainsKey(document.OrderId))];

    public int Ended => watch.Documents.Count(document => document.IsEnded);

    public IReadOnlyList<(string Stage, int Count)> Stages =>
        [.. StagesInOrder.Select(stage => (stage, watch.Documents.Count(document => document.Status == stage)))];

    public Percentiles Confirm => Percentiles.Of(ConfirmTimes);

    public Percentiles OrderToEnd => Percentiles.Of(
        watch.Documents.Where(document => document.IsEnded).Select(document => document.UpdatedAt - document.PlacedAt));

    /// <summary>What the provider's simulator did, by operation and outcome.</summary>
    public IReadOnlyList<(string What, int Count)> ProviderCounts =>
        [.. Provider.GroupBy(operation => $"{operation.Operation} {operation.Outcome}")
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.Count()))];

    public IReadOnlyList<DemoOutcome> Outcomes =>
        [.. DemoKind.All.Select(kind => new DemoOutcome(kind, [.. watch.Documents.Where(document => Placed[document.OrderId].Kind == kind)], TakenUpAgain.Keys.ToHashSet()))
            .Where(outcome => outcome.Orders.Count > 0)];
}

/// <summary>What became of the orders of one kind.</summary>
/// <param name="TakenUpAgain">
/// Orders of a demo that was killed. Deadlines went on while nothing ran: such an order may have ended by its deadline, which is
/// right and not what its kind is for.
/// </param>
internal sealed record DemoOutcome(DemoKind Kind, IReadOnlyList<OrderDocument> Orders, IReadOnlySet<Guid> TakenUpAgain)
{
    public IReadOnlyDictionary<string, int> ByEnd => Orders.GroupBy(EndOf).ToDictionary(end => end.Key, end => end.Count());

    /// <summary>Every order of the kind has ended as it must, or, taken up again, at least has ended.</summary>
    public bool IsRight => Orders.All(order => IsAsMeant(order) || (order.IsEnded && TakenUpAgain.Contains(order.OrderId)));

    /// <summary>How many ended by a deadline that passed while nothing ran.</summary>
    public int Late => Orders.Count(order => order.IsEnded && !IsAsMeant(order) && TakenUpAgain.Contains(order.OrderId));

    private bool IsAsMeant(OrderDocument order) => Kind.Ends.Contains(EndOf(order));

    private static string EndOf(OrderDocument order) => order.Reason is null ? order.Status : $"{order.Status} ({order.Reason})";
}
