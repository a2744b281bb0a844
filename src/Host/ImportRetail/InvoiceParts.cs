using Orders.Contracts;

namespace Orders.Host.ImportRetail;

/// <summary>
/// Splits an invoice into what orders can hold: 200 lines, each sku once at one price, 10,000 units of it. Nearly every
/// invoice is one part; the rest come apart in the order of their rows, so the same rows always give the same parts.
/// </summary>
internal static class InvoiceParts
{
    public const int MaxLines = 200;

    public static IReadOnlyList<IReadOnlyList<OrderLine>> Split(IEnumerable<RetailRow> rows, Func<string, string> nameOf)
    {
        var parts = new List<Dictionary<string, OrderLine>>();
        foreach (var row in rows)
        {
            var part = parts.FirstOrDefault(candidate => Takes(candidate, row));
            if (part is null)
            {
                parts.Add(part = new(StringComparer.Ordinal));
            }

            part[row.Sku] = part.TryGetValue(row.Sku, out var line)
                ? line with { Quantity = line.Quantity + row.Quantity }
                : new OrderLine(row.Sku, nameOf(row.Sku), row.Quantity, row.UnitPrice);
        }

        return [.. parts.Select(part => part.Values.ToList())];
    }

    private static bool Takes(Dictionary<string, OrderLine> part, RetailRow row) => part.TryGetValue(row.Sku, out var line)
        ? line.UnitPrice == row.UnitPrice && line.Quantity + row.Quantity <= RetailRowRules.MaxQuantity
        : part.Count < MaxLines;
}
