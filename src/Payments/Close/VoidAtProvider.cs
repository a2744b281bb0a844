namespace Orders.Payments.Close;

/// <summary>Let go of what is set aside on the card.</summary>
internal sealed record VoidAtProvider(Guid OrderId) : ICommand;
