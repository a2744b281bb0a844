namespace Orders.Contracts;

/// <summary>Hold every line again, or none, after the first hold ran out.</summary>
public sealed record ReserveStock(Guid OrderId, IReadOnlyList<OrderLine> Lines) : ICommand;
