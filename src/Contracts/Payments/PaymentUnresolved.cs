namespace Orders.Contracts;

/// <summary>The provider gave no answer before the deadline. Unknown is not failed: reconciliation goes on and undoes a late success.</summary>
public sealed record PaymentUnresolved(Guid OrderId, DateTimeOffset At) : IEvent;
