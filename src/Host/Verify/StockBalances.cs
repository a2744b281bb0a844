namespace Orders.Host.Verify;

/// <summary>D: stock is never negative and never sold twice.</summary>
internal sealed class StockBalances : InvariantCheck
{
    public override string Name => "D stock: nothing negative, on hand + shipped = adjusted, held ≤ on hand";

    public override IReadOnlyList<string> Tables => ["inventory.stock"];

    protected override string Faults => """
        SELECT format('%s: on hand %s, held %s, shipped %s, adjusted %s', sku, on_hand, held, shipped, adjusted)
        FROM inventory.stock
        WHERE on_hand < 0 OR held < 0 OR shipped < 0 OR held > on_hand OR on_hand + shipped <> adjusted
        ORDER BY sku
        """;

    protected override string LookedAt => """
        SELECT format('%s items: %s on hand + %s shipped = %s', count(*), coalesce(sum(on_hand), 0), coalesce(sum(shipped), 0), coalesce(sum(adjusted), 0))
        FROM inventory.stock
        """;
}
