namespace Orders.Host.ImportRetail;

/// <summary>What a file asks for: orders in the file's order, the items that they need, and what could not be understood.</summary>
/// <param name="Needed">Units of each sku over all orders.</param>
/// <param name="Notes">Invoices that are handled otherwise than one row a line, one order an invoice.</param>
internal sealed record ImportPlan(
    IReadOnlyList<PlannedOrder> Orders,
    IReadOnlyDictionary<string, int> Needed,
    IReadOnlyList<RejectedRow> Rejected,
    IReadOnlyList<string> Notes)
{
    /// <param name="file">The file's rows.</param>
    /// <param name="max">The number of invoices to take, from the top; cancellations of them are taken too.</param>
    public static ImportPlan For(RetailFile file, int max)
    {
        var names = NamesOf(file.Rows);
        var sales = file.Rows.Where(row => !row.IsCancellation).GroupBy(row => row.Invoice).Take(max).ToList();
        var match = CancellationMatch.For(sales, file.Rows.Where(row => row.IsCancellation));
        var notes = new List<string>();
        var orders = sales.SelectMany(invoice => OrdersOf(invoice, names, match, notes)).ToList();
        var needed = orders.SelectMany(order => order.Lines)
            .GroupBy(line => line.Sku)
            .ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Quantity));
        return new(orders, needed, [.. file.Rejected.Concat(match.Unmatched).OrderBy(row => row.Line)], notes);
    }

    private static IEnumerable<PlannedOrder> OrdersOf(
        IGrouping<string, RetailRow> invoice, Dictionary<string, string> names, CancellationMatch match, List<string> notes)
    {
        var parts = InvoiceParts.Split(invoice, sku => names[sku]);
        if (parts.Count > 1)
        {
            notes.Add($"invoice {invoice.Key}: placed as {parts.Count} orders (over {InvoiceParts.MaxLines} items, or one item at several prices)");
        }

        var first = invoice.First();
        return parts.Select((lines, index) => new PlannedOrder(
            invoice.Key,
            index == 0 ? $"retail-{invoice.Key}" : $"retail-{invoice.Key}-{index + 1}",
            first.Customer,
            first.Country,
            lines,
            match.CancelledBy.GetValueOrDefault(invoice.Key)));
    }

    /// <summary>An item's name is its first description; some rows have none.</summary>
    private static Dictionary<string, string> NamesOf(IEnumerable<RetailRow> rows) => rows
        .GroupBy(row => row.Sku)
        .ToDictionary(item => item.Key, item => item.Select(row => row.Description).FirstOrDefault(name => name.Length > 0) ?? item.Key);
}
