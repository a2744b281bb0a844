namespace Orders.Contracts;

/// <summary>The held units have left the warehouse.</summary>
public sealed record CommitStock(Guid OrderId) : ICommand;
