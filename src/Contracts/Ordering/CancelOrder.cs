namespace Orders.Contracts;

/// <summary>Cancel the order if it is not dispatched yet.</summary>
public sealed record CancelOrder(Guid OrderId, [property: CancellationReason] string Reason, DateTimeOffset At) : ICommand;
