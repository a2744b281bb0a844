namespace Orders.Inventory.Stock;

/// <summary>A line of the stock ledger: a fact, never changed. The quantity is positive, but for an adjustment, which may take away.</summary>
internal sealed record StockEntry(
    string Sku, EntryKind Kind, long Quantity, DateTimeOffset At, Guid? OrderId = null, string? AdjustmentKey = null, string? Reason = null);

internal enum EntryKind
{
    Adjusted,
    Held,
    Released,
    Shipped,
}
