namespace Orders.Contracts;

/// <summary>An item of the catalogue is new or has changed. A greater version wins.</summary>
public sealed record CatalogItemChanged(string Sku, string Name, Money UnitPrice, long Version, DateTimeOffset At) : IEvent;
