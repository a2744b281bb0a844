namespace Orders.Analytics.TopItems;

/// <summary>Ranks items. Amounts of different currencies are never compared: there are no exchange rates here.</summary>
internal static class TopRanking
{
    /// <summary>
    /// By units: the most first. By revenue: items are ranked within each currency, and an item stands at the best of its places;
    /// so the tops of all currencies come first, then their seconds. Ties fall to the sku.
    /// </summary>
    public static IReadOnlyList<TopItem> Rank(IReadOnlyCollection<TopItem> items, TopBy by, int limit)
    {
        var ranked = by switch
        {
            TopBy.Units => items.OrderByDescending(item => item.Units),
            TopBy.Revenue => OrderByBest(items, Places(items)),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Say here how to rank by it."),
        };
        return [.. ranked.ThenBy(item => item.Sku, StringComparer.Ordinal).Take(limit)];
    }

    private static IOrderedEnumerable<TopItem> OrderByBest(IEnumerable<TopItem> items, ILookup<string, int> places) =>
        items.OrderBy(item => places[item.Sku].Min());

    private static ILookup<string, int> Places(IEnumerable<TopItem> items) => items
        .SelectMany(item => item.Revenue, (item, revenue) => (item.Sku, Revenue: revenue))
        .GroupBy(row => row.Revenue.Currency, StringComparer.Ordinal)
        .SelectMany(currency => currency
            .OrderByDescending(row => row.Revenue.Minor)
            .ThenBy(row => row.Sku, StringComparer.Ordinal)
            .Select((row, place) => (row.Sku, Place: place)))
        .ToLookup(row => row.Sku, row => row.Place, StringComparer.Ordinal);
}

internal enum TopBy
{
    Units,
    Revenue,
}
