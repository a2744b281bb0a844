namespace Orders.Contracts;

/// <summary>Put the held units back. Wins over a reservation that arrives later.</summary>
/// <param name="OrderId">The order that holds them.</param>
/// <param name="ExpiredBy">
/// Only a hold that had run out by then, which may be reserved again: a renewed one, which this command may arrive after, is not meant.
/// Null: whatever is held, for good.
/// </param>
public sealed record ReleaseStock(Guid OrderId, DateTimeOffset? ExpiredBy = null) : ICommand;
