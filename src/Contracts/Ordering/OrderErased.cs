namespace Orders.Contracts;

/// <summary>The order has ended and nothing in its document names a person any more: whoever keeps a part of it does the same.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="PlacedAt">Nothing about it is older.</param>
/// <param name="At">When it was done.</param>
public sealed record OrderErased(Guid OrderId, DateTimeOffset PlacedAt, DateTimeOffset At) : IEvent;
