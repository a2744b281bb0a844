namespace Orders.Inventory.Catalog;

/// <summary>An item as the catalogue shows it: the description joined with what is available.</summary>
internal sealed class CatalogRow
{
    public const string Sql =
        """
        SELECT c.sku AS "Sku", c.name AS "Name", c.price_minor AS "PriceMinor", c.currency AS "Currency",
               s.on_hand - s.held AS "Available"
        FROM inventory.catalog_item AS c JOIN inventory.stock AS s USING (sku)
        """;

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required long PriceMinor { get; init; }

    public required string Currency { get; init; }

    public required long Available { get; init; }
}
