namespace Orders.Contracts;

/// <summary>The pipeline cannot go on by itself; an operator has to look.</summary>
public sealed record OrderNeedsAttention(Guid OrderId, string Detail, DateTimeOffset At) : IEvent;
