namespace Orders.Analytics.Recommendations;

/// <summary>Support, confidence and lift as API.md defines them (Agrawal, Imielinski and Swami 1993; lift: Brin et al. 1997).</summary>
internal static class Ranking
{
    /// <param name="orders">All placed orders.</param>
    /// <param name="ordersWithSku">Those that hold the item asked for.</param>
    /// <param name="associations">The items bought together with it, each once.</param>
    /// <param name="limit">How many to return at most.</param>
    /// <returns>Sorted by lift × together, the greatest first, then by sku.</returns>
    public static IReadOnlyList<Recommendation> Rank(
        long orders, long ordersWithSku, IEnumerable<Association> associations, int limit) =>
    [
        .. associations
            .Order(Comparer<Association>.Create(Compare))
            .Take(limit)
            .Select(other => Of(orders, ordersWithSku, other)),
    ];

    private static Recommendation Of(long orders, long ordersWithSku, Association other)
    {
        var confidence = (double)other.Together / ordersWithSku;
        return new(
            other.Sku,
            other.Name,
            other.Together,
            (double)other.Together / orders,
            confidence,
            confidence / ((double)other.OrdersWithOther / orders));
    }

    // For one item, lift × together is together² / orders with the other, times what all have in common. Compared as whole
    // numbers, crosswise, so that equal ones are equal and fall to the sku.
    private static int Compare(Association left, Association right)
    {
        var leftScore = (Int128)left.Together * left.Together * right.OrdersWithOther;
        var rightScore = (Int128)right.Together * right.Together * left.OrdersWithOther;
        return rightScore.CompareTo(leftScore) is var order and not 0 ? order : string.CompareOrdinal(left.Sku, right.Sku);
    }
}
