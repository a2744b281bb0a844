namespace Orders.Contracts;

/// <summary>Nothing is set aside any more and nothing was taken.</summary>
public sealed record PaymentVoided(Guid OrderId, DateTimeOffset At) : IEvent;
