namespace Orders.Contracts;

/// <summary>The order's end: cancelled, nothing owed.</summary>
public sealed record OrderCancelled(Guid OrderId, [property: CancellationReason] string Reason, DateTimeOffset At) : IEvent;
