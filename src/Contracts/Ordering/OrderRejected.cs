namespace Orders.Contracts;

/// <summary>The order's end: it could not be fulfilled. The reason is one of <see cref="RejectionReasons"/>.</summary>
public sealed record OrderRejected(Guid OrderId, string Reason, DateTimeOffset At) : IEvent;
