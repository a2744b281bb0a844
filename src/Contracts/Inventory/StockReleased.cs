namespace Orders.Contracts;

/// <summary>The held units are available again.</summary>
public sealed record StockReleased(Guid OrderId, DateTimeOffset At) : IEvent;
