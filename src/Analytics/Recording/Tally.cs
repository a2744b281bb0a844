using System.Runtime.InteropServices;

namespace Orders.Analytics.Recording;

/// <summary>
/// What a batch adds to the counts. Pure, and sorted by key, so that transactions that add to the same rows lock them in
/// the same order.
/// </summary>
internal sealed class Tally
{
    private readonly SortedDictionary<(DateTimeOffset Hour, string Currency), SalesCount> sales =
        new(Comparer<(DateTimeOffset Hour, string Currency)>.Create((left, right) =>
            left.Hour != right.Hour ? left.Hour.CompareTo(right.Hour) : string.CompareOrdinal(left.Currency, right.Currency)));

    private readonly SortedDictionary<(string Sku, string Currency), ItemCount> items = new(ByOrdinal);

    private readonly Dictionary<(string A, string B), long> pairs = [];

    private static Comparer<(string First, string Second)> ByOrdinal { get; } = Comparer<(string First, string Second)>.Create(
        (left, right) => string.CompareOrdinal(left.First, right.First) is var first and not 0
            ? first
            : string.CompareOrdinal(left.Second, right.Second));

    public IReadOnlyCollection<KeyValuePair<(DateTimeOffset Hour, string Currency), SalesCount>> Sales => sales;

    public IReadOnlyCollection<KeyValuePair<(string Sku, string Currency), ItemCount>> Items => items;

    public static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    /// <summary>How many orders held both, A before B.</summary>
    public KeyValuePair<(string A, string B), long>[] Pairs() => [.. pairs.OrderBy(pair => pair.Key, ByOrdinal)];

    public void Add(OrderFact order)
    {
        var key = (HourOf(order.PlacedAt), order.Currency);
        var units = order.Lines.Sum(line => line.Units);
        sales[key] = sales.GetValueOrDefault(key, SalesCount.Zero) + new SalesCount(1, units, order.TotalMinor, 0, 0, 0);
        foreach (var line in order.Lines)
        {
            var item = (line.Sku, order.Currency);
            items[item] = ItemCount.Sum(items.GetValueOrDefault(item), new(line.Name, order.PlacedAt, 1, line.Units, line.RevenueMinor));
        }

        AddPairs([.. order.Lines.Select(line => line.Sku).Order(StringComparer.Ordinal)]);
    }

    public void Add(EndedOrder ended)
    {
        var key = (HourOf(ended.PlacedAt), ended.Currency);
        sales[key] = sales.GetValueOrDefault(key, SalesCount.Zero) + ended.Outcome switch
        {
            Outcome.Completed => new SalesCount(0, 0, 0, 1, 0, 0),
            Outcome.Rejected => new SalesCount(0, 0, 0, 0, 1, 0),
            Outcome.Cancelled => new SalesCount(0, 0, 0, 0, 0, 1),
            _ => throw new InvalidOperationException($"{ended.Outcome} is not counted. Say here as what."),
        };
    }

    private void AddPairs(string[] sorted)
    {
        for (var i = 0; i < sorted.Length; i++)
        {
            for (var j = i + 1; j < sorted.Length; j++)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(pairs, (sorted[i], sorted[j]), out _)++;
            }
        }
    }
}

/// <summary>Orders of an hour in one currency.</summary>
internal sealed record SalesCount(long Orders, long Units, long RevenueMinor, long Completed, long Rejected, long Cancelled)
{
    public static SalesCount Zero { get; } = new(0, 0, 0, 0, 0, 0);

    public static SalesCount operator +(SalesCount left, SalesCount right) => new(
        left.Orders + right.Orders,
        left.Units + right.Units,
        checked(left.RevenueMinor + right.RevenueMinor),
        left.Completed + right.Completed,
        left.Rejected + right.Rejected,
        left.Cancelled + right.Cancelled);
}

/// <summary>Orders of one item in one currency. The name is that of the latest order.</summary>
internal sealed record ItemCount(string Name, DateTimeOffset NamedAt, long Orders, long Units, long RevenueMinor)
{
    public static ItemCount Sum(ItemCount? left, ItemCount right)
    {
        if (left is null)
        {
            return right;
        }

        // Of two names at the same time the greater one: any rule will do that does not depend on which came first.
        var leftIsLater = left.NamedAt != right.NamedAt
            ? left.NamedAt > right.NamedAt
            : string.CompareOrdinal(left.Name, right.Name) > 0;
        var latest = leftIsLater ? left : right;
        return new(
            latest.Name,
            latest.NamedAt,
            left.Orders + right.Orders,
            left.Units + right.Units,
            checked(left.RevenueMinor + right.RevenueMinor));
    }
}
