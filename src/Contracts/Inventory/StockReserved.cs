namespace Orders.Contracts;

/// <summary>Every line is held.</summary>
public sealed record StockReserved(Guid OrderId, DateTimeOffset ExpiresAt, DateTimeOffset At) : IEvent;
