namespace Orders.Contracts;

/// <summary>A cancellation was taken in and is being carried out; the order may still turn out to be dispatched already.</summary>
public sealed record OrderCancelling(Guid OrderId, [property: CancellationReason] string Reason, DateTimeOffset At) : IEvent;
