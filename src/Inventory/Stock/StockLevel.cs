namespace Orders.Inventory.Stock;

/// <summary>
/// The balances of one item, in units. Always: on hand + shipped = adjusted, and available = on hand − held ≥ 0.
/// A dispatched unit leaves on hand and held and enters shipped.
/// </summary>
internal sealed record StockLevel(string Sku, long OnHand, long Held, long Shipped, long Adjusted)
{
    public long Available => OnHand - Held;

    public static StockLevel Empty(string sku) => new(sku, 0, 0, 0, 0);

    public bool CanHold(long quantity) => quantity <= Available;

    public bool CanAdjust(long delta) => checked(Available + delta) >= 0;

    public StockLevel Hold(long quantity) => Checked(this with { Held = checked(Held + quantity) });

    public StockLevel Release(long quantity) => Checked(this with { Held = Held - quantity });

    public StockLevel Ship(long quantity) =>
        Checked(this with { OnHand = OnHand - quantity, Held = Held - quantity, Shipped = checked(Shipped + quantity) });

    public StockLevel Adjust(long delta) =>
        Checked(this with { OnHand = checked(OnHand + delta), Adjusted = checked(Adjusted + delta) });

    /// <summary>True where this change takes what is available from above the threshold to it or below.</summary>
    public bool FallsTo(long threshold, StockLevel after) => Available > threshold && after.Available <= threshold;

    private static StockLevel Checked(StockLevel level) => level.Held >= 0 && level.Available >= 0 && level.Shipped >= 0
        ? level
        : throw new InvalidOperationException(
            $"The stock of {level.Sku} would be wrong: {level.OnHand} on hand, {level.Held} held. Compare its entries with its holds.");
}
