namespace Orders.Contracts;

/// <summary>Pack the order.</summary>
public sealed record DispatchOrder(Guid OrderId) : ICommand;
