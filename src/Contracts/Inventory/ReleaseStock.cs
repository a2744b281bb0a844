namespace Orders.Contracts;

/// <summary>Put the held units back. Wins over a reservation that arrives later.</summary>
public sealed record ReleaseStock(Guid OrderId) : ICommand;
