namespace Orders.Contracts;

/// <summary>The provider, or the gift card, refused.</summary>
public sealed record PaymentDeclined(Guid OrderId, string Reason, DateTimeOffset At) : IEvent;
