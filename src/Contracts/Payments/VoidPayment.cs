namespace Orders.Contracts;

/// <summary>Close the payment without keeping money, whatever its state: answered by PaymentVoided, or by PaymentRefunded if it was captured.</summary>
public sealed record VoidPayment(Guid OrderId) : ICommand;
