using Orders.Contracts;

namespace Orders.Simulators.PaymentProvider;

/// <summary>One operation. A repeated request carries the same key and gets the same answer.</summary>
/// <param name="Operation">What to do.</param>
/// <param name="Reference">Names the payment, the same for all its operations.</param>
/// <param name="IdempotencyKey">Names this operation.</param>
/// <param name="CardToken">The card, for an authorisation.</param>
/// <param name="Amount">What to authorise or capture; void and refund concern everything there is.</param>
public sealed record ProviderRequest(
    OperationKind Operation, string Reference, string IdempotencyKey, string? CardToken = null, Money? Amount = null);
