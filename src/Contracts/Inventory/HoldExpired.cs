namespace Orders.Contracts;

/// <summary>The hold's time is over. The units stay held until ReleaseStock: the order process decides.</summary>
public sealed record HoldExpired(Guid OrderId, DateTimeOffset At) : IEvent;
