namespace Orders.Host.Verify;

/// <summary>E: the balances of stock are what their entries make of them.</summary>
internal sealed class StockLedger : InvariantCheck
{
    public override string Name => "E stock ledger: entries sum to every balance";

    public override IReadOnlyList<string> Tables => ["inventory.stock", "inventory.stock_entry"];

    protected override string Faults => """
        WITH entries AS (
            SELECT sku,
                   coalesce(sum(quantity) FILTER (WHERE kind = 'adjusted'), 0) AS adjusted,
                   coalesce(sum(quantity) FILTER (WHERE kind = 'held'), 0) AS held,
                   coalesce(sum(quantity) FILTER (WHERE kind = 'released'), 0) AS released,
                   coalesce(sum(quantity) FILTER (WHERE kind = 'shipped'), 0) AS shipped
            FROM inventory.stock_entry
            GROUP BY sku
        ),
        balances AS (
            SELECT sku, adjusted, shipped, adjusted - shipped AS on_hand, held - released - shipped AS held FROM entries
        )
        SELECT format(
            '%s: entries make %s on hand, %s held, %s shipped, %s adjusted; cached %s, %s, %s, %s',
            coalesce(stock.sku, balances.sku),
            coalesce(balances.on_hand, 0), coalesce(balances.held, 0), coalesce(balances.shipped, 0), coalesce(balances.adjusted, 0),
            coalesce(stock.on_hand, 0), coalesce(stock.held, 0), coalesce(stock.shipped, 0), coalesce(stock.adjusted, 0))
        FROM inventory.stock
        FULL JOIN balances ON balances.sku = stock.sku
        WHERE (coalesce(balances.on_hand, 0), coalesce(balances.held, 0), coalesce(balances.shipped, 0), coalesce(balances.adjusted, 0))
            IS DISTINCT FROM (coalesce(stock.on_hand, 0), coalesce(stock.held, 0), coalesce(stock.shipped, 0), coalesce(stock.adjusted, 0))
        """;

    protected override string LookedAt => "SELECT format('%s entries', count(*)) FROM inventory.stock_entry";
}
