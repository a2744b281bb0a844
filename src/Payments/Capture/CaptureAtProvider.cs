using Orders.Contracts;

namespace Orders.Payments.Capture;

/// <summary>Take the amount from what is set aside on the card.</summary>
internal sealed record CaptureAtProvider(Guid OrderId, Money Amount) : ICommand;
