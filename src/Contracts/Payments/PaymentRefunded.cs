namespace Orders.Contracts;

/// <summary>What was taken has been given back.</summary>
public sealed record PaymentRefunded(Guid OrderId, Money Amount, DateTimeOffset At) : IEvent;
