using System.ComponentModel.DataAnnotations;
using Orders.Contracts;

namespace Orders.Inventory.Catalog;

/// <summary>An item as anyone may see it. Available counts the units that nobody holds.</summary>
internal sealed record CatalogItem(string Sku, string Name, Money UnitPrice, long Available)
{
    public static CatalogItem Of(CatalogRow row) => new(row.Sku, row.Name, new(row.PriceMinor, row.Currency), row.Available);
}

/// <summary>What <c>PUT /api/catalog/{sku}</c> takes.</summary>
internal sealed record CatalogItemBody([property: StringLength(ItemRules.MaxNameLength, MinimumLength = 1)] string Name, Money UnitPrice);
