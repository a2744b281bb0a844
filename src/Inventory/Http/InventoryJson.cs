using System.Text.Json.Serialization;
using Orders.Hosting;
using Orders.Inventory.Adjusting;
using Orders.Inventory.Catalog;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Http;

/// <summary>The JSON of this module's requests and answers.</summary>
[JsonSerializable(typeof(CatalogItem))]
[JsonSerializable(typeof(PageOf<CatalogItem>))]
[JsonSerializable(typeof(CatalogItemBody))]
[JsonSerializable(typeof(StockAdjustmentBody))]
[JsonSerializable(typeof(AdjustedStock))]
[JsonSerializable(typeof(StockBalances))]
internal sealed partial class InventoryJson : JsonSerializerContext
{
    public static InventoryJson Strict { get; } = new(StrictJson.NewOptions());
}
