namespace Orders.Host.ImportRetail;

/// <summary>
/// Which sale each cancellation takes back: the latest earlier invoice of the same customer with the same units of the same
/// items. An order is cancelled whole or not at all, so the return of a part of an invoice cancels nothing and is listed.
/// </summary>
internal sealed record CancellationMatch(IReadOnlyDictionary<string, string> CancelledBy, IReadOnlyList<RejectedRow> Unmatched)
{
    public static CancellationMatch For(IReadOnlyList<IGrouping<string, RetailRow>> sales, IEnumerable<RetailRow> cancellations)
    {
        var byCustomer = sales.Where(sale => sale.First().Customer is not null).ToLookup(sale => sale.First().Customer);
        var (cancelledBy, unmatched) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<RejectedRow>());
        foreach (var cancellation in cancellations.GroupBy(row => row.Invoice))
        {
            var first = cancellation.First();
            var candidates = byCustomer[first.Customer]
                .Where(sale => sale.First().Line < first.Line && !cancelledBy.ContainsKey(sale.Key))
                .Reverse()
                .ToList();
            if (candidates.Find(sale => SameUnits(sale, cancellation)) is { } whole)
            {
                cancelledBy.Add(whole.Key, cancellation.Key);
            }
            else
            {
                var reason = ReasonOf(first, candidates.Find(sale => Covers(sale, cancellation)));
                unmatched.AddRange(cancellation.Select(row => new RejectedRow(row.Line, row.Invoice, reason)));
            }
        }

        return new(cancelledBy, unmatched);
    }

    private static string ReasonOf(RetailRow first, IGrouping<string, RetailRow>? partOf) => (first.Customer, partOf) switch
    {
        (null, _) => "the cancellation names no customer",
        (_, not null) => $"the cancellation takes back a part of invoice {partOf.Key}; an order is cancelled whole or not at all",
        _ => $"no earlier invoice of customer {first.Customer} in this run holds the cancelled items",
    };

    private static bool SameUnits(IEnumerable<RetailRow> sale, IEnumerable<RetailRow> cancellation)
    {
        var (sold, returned) = (Units(sale), Units(cancellation));
        return sold.Count == returned.Count && returned.All(item => sold.GetValueOrDefault(item.Key) == item.Value);
    }

    private static bool Covers(IEnumerable<RetailRow> sale, IEnumerable<RetailRow> cancellation)
    {
        var sold = Units(sale);
        return Units(cancellation).All(item => sold.GetValueOrDefault(item.Key) >= item.Value);
    }

    private static Dictionary<string, long> Units(IEnumerable<RetailRow> rows) => rows
        .GroupBy(row => row.Sku)
        .ToDictionary(item => item.Key, item => item.Sum(row => (long)row.Quantity));
}
