using Orders.Analytics.Recommendations;

namespace Orders.Tests.Unit.Analytics.Recommendations;

/// <summary>API.md's definitions, followed word by word over whole baskets, sharing nothing with the code under test.</summary>
internal static class BruteForce
{
    public static IReadOnlyList<Recommendation> Recommend(IReadOnlyList<string[]> orders, string sku)
    {
        double n = orders.Count;
        var found = new List<(Recommendation Item, decimal Score)>();
        foreach (var other in orders.SelectMany(order => order).Distinct(StringComparer.Ordinal))
        {
            var together = orders.LongCount(order => order.Contains(other, StringComparer.Ordinal) && order.Contains(sku, StringComparer.Ordinal));
            if (other == sku || together == 0)
            {
                continue;
            }

            double withSku = orders.Count(order => order.Contains(sku, StringComparer.Ordinal));
            double withOther = orders.Count(order => order.Contains(other, StringComparer.Ordinal));
            var confidence = together / withSku;

            // The score in decimals: equal scores come out equal, as binary fractions may not.
            var score = Math.Round((decimal)together * together * (decimal)n / ((decimal)withSku * (decimal)withOther), 15);
            found.Add((new(other, other, together, together / n, confidence, confidence / (withOther / n)), score));
        }

        return [.. found.OrderByDescending(item => item.Score).ThenBy(item => item.Item.Sku, StringComparer.Ordinal).Select(item => item.Item)];
    }
}
