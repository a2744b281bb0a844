namespace Orders.Contracts;

/// <summary>The money is set aside at the provider.</summary>
public sealed record PaymentAuthorised(Guid OrderId, Money Amount, DateTimeOffset At) : IEvent;
