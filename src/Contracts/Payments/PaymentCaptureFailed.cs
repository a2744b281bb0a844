namespace Orders.Contracts;

/// <summary>The provider refused the capture; nothing was taken.</summary>
public sealed record PaymentCaptureFailed(Guid OrderId, string Reason, DateTimeOffset At) : IEvent;
