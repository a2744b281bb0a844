namespace Orders.Contracts;

/// <summary>At least one line could not be held, so none is. Names the short skus.</summary>
public sealed record StockShort(Guid OrderId, IReadOnlyList<string> Skus, DateTimeOffset At) : IEvent;
