using Orders.Contracts;

namespace Orders.Analytics.Recording;

/// <summary>What counts of a placed order. Lines hold each sku once.</summary>
internal sealed record OrderFact(Guid OrderId, DateTimeOffset PlacedAt, string Currency, long TotalMinor, IReadOnlyList<FactLine> Lines)
{
    public static OrderFact Of(OrderPlaced placed) => new(
        placed.OrderId,
        placed.PlacedAt,
        placed.Total.Currency,
        placed.Total.Minor,
        [
            .. placed.Lines
                .GroupBy(line => line.Sku, StringComparer.Ordinal)
                .Select(item => new FactLine(
                    item.Key, item.First().Name, item.Sum(line => (long)line.Quantity), item.Sum(line => (line.UnitPrice * line.Quantity).Minor))),
        ]);
}

/// <summary>Units of one item and what they cost together.</summary>
internal sealed record FactLine(string Sku, string Name, long Units, long RevenueMinor);

/// <summary>How an order ended.</summary>
internal enum Outcome
{
    Completed,
    Rejected,
    Cancelled,
}

/// <summary>An order's end, with when and in what currency it was placed.</summary>
internal sealed record EndedOrder(Outcome Outcome, DateTimeOffset PlacedAt, string Currency);
