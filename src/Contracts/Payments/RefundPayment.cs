namespace Orders.Contracts;

/// <summary>Give back everything that was captured, once.</summary>
public sealed record RefundPayment(Guid OrderId) : ICommand;
