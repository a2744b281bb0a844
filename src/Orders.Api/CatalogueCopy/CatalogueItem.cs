using Orders.Contracts;

namespace Orders.Api.CatalogueCopy;

/// <summary>What a confirm needs to know of an item. A greater version is newer.</summary>
internal sealed record CatalogueItem(string Sku, string Name, Money UnitPrice, long Version);
