namespace Orders.Contracts;

/// <summary>The money was taken.</summary>
public sealed record PaymentCaptured(Guid OrderId, Money Amount, DateTimeOffset At) : IEvent;
