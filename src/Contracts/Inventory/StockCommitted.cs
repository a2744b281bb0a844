namespace Orders.Contracts;

/// <summary>The held units are shipped.</summary>
public sealed record StockCommitted(Guid OrderId, DateTimeOffset At) : IEvent;
