namespace Orders.Contracts;

/// <summary>Take the authorised money for what is packed.</summary>
public sealed record CapturePayment(Guid OrderId, Money Amount) : ICommand;
