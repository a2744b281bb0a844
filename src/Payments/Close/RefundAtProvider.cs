namespace Orders.Payments.Close;

/// <summary>Give back what was captured from the card.</summary>
internal sealed record RefundAtProvider(Guid OrderId) : ICommand;
