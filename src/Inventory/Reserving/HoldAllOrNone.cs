using Orders.Inventory.Stock;

namespace Orders.Inventory.Reserving;

/// <summary>The decision: every line is held, or none is.</summary>
internal static class HoldAllOrNone
{
    /// <param name="stock">The balances of an item, or null where it is unknown.</param>
    /// <param name="lines">Each sku once.</param>
    public static HoldOutcome Decide(Func<string, StockLevel?> stock, IReadOnlyList<HoldLine> lines)
    {
        string[] missing = [.. lines.Where(line => stock(line.Sku)?.CanHold(line.Quantity) != true).Select(line => line.Sku)];
        return missing.Length > 0
            ? new HoldOutcome.Short(missing)
            : new HoldOutcome.Held([.. lines.Select(line => stock(line.Sku)!.Hold(line.Quantity))]);
    }
}

internal abstract record HoldOutcome
{
    /// <summary>The balances after, in the lines' order.</summary>
    public sealed record Held(IReadOnlyList<StockLevel> After) : HoldOutcome;

    /// <summary>The skus of which there is too little.</summary>
    public sealed record Short(IReadOnlyList<string> Skus) : HoldOutcome;
}
