using Orders.Contracts;

namespace Orders.Simulators.PaymentProvider;

/// <summary>The provider's answer to one operation.</summary>
/// <param name="Operation">What was asked.</param>
/// <param name="Reference">The payment.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Code">Why it was not done, one of <see cref="ProviderCodes"/>; null when it was.</param>
/// <param name="Amount">What the operation moved or would have moved; null when the payment is unknown.</param>
/// <param name="Replayed">The same key was answered before.</param>
public sealed record ProviderAnswer(
    OperationKind Operation, string Reference, OperationOutcome Outcome, string? Code, Money? Amount, bool Replayed = false);

/// <summary>Why an operation was not done. Where the payment's state forbids it, the code is that state.</summary>
public static class ProviderCodes
{
    public const string Unknown = "unknown";
    public const string Authorised = "authorised";
    public const string Declined = "declined";
    public const string Captured = "captured";
    public const string Voided = "voided";
    public const string Refunded = "refunded";
    public const string CardDeclined = "card-declined";
    public const string CaptureRefused = "capture-refused";
    public const string AmountTooHigh = "amount-too-high";
    public const string KeyReused = "idempotency-key-reused";
}
