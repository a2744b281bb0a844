namespace Orders.Contracts;

/// <summary>What is available of an item fell to its threshold.</summary>
public sealed record StockLow(string Sku, long Available, DateTimeOffset At) : IEvent;
