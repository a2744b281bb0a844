namespace Orders.Api.OrderProcess;

/// <summary>The time to know the payment is over.</summary>
internal sealed record PaymentDeadline(Guid OrderId);
