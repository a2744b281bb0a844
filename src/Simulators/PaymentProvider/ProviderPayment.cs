using Orders.Contracts;

namespace Orders.Simulators.PaymentProvider;

/// <summary>
/// One payment at the provider, and the rules of its state machine: a capture needs an authorisation, a refund a capture, and
/// money that was captured cannot be voided.
/// </summary>
/// <param name="Reference">Names it.</param>
/// <param name="CardToken">The card.</param>
/// <param name="Status">One of <see cref="ProviderCodes"/>.</param>
/// <param name="Authorised">What was set aside at first.</param>
/// <param name="Captured">What was taken; zero before a capture.</param>
public sealed record ProviderPayment(string Reference, string CardToken, string Status, Money Authorised, Money Captured)
{
    /// <summary>What an operation would answer now. Null: the payment is unknown and nothing is recorded.</summary>
    internal static Decision? Decide(ProviderPayment? payment, ProviderRequest request) => (request.Operation, payment) switch
    {
        (OperationKind.Authorise, null) => request.CardToken == CardTokens.Declined
            ? new(OperationOutcome.Declined, ProviderCodes.CardDeclined, request.Amount!.Value)
            : new(OperationOutcome.Approved, null, request.Amount!.Value),
        (OperationKind.Authorise, { Status: var status }) => new(OperationOutcome.Failed, status, request.Amount!.Value),
        (_, null) => null,
        (OperationKind.Capture, { Status: ProviderCodes.Authorised }) => Capture(payment, request.Amount!.Value),
        (OperationKind.Capture, { Status: var status }) => new(OperationOutcome.Failed, status, request.Amount!.Value),
        (OperationKind.Void, { Status: ProviderCodes.Authorised }) => new(OperationOutcome.Approved, null, payment.Authorised),
        (OperationKind.Void, { Status: var status }) => new(OperationOutcome.Failed, status, payment.Authorised),
        (OperationKind.Refund, { Status: ProviderCodes.Captured }) => new(OperationOutcome.Approved, null, payment.Captured),
        (OperationKind.Refund, { Status: var status }) => new(OperationOutcome.Failed, status, payment.Captured),
        _ => throw new ArgumentOutOfRangeException(nameof(request), request.Operation, "The provider has no such operation."),
    };

    /// <summary>The payment after a recorded operation.</summary>
    internal static ProviderPayment? After(ProviderPayment? payment, LedgerEntry entry) => (entry.Operation, entry.Outcome) switch
    {
        (_, OperationOutcome.Failed) => payment,
        (OperationKind.Authorise, OperationOutcome.Approved) => Opened(entry, ProviderCodes.Authorised),
        (OperationKind.Authorise, OperationOutcome.Declined) => Opened(entry, ProviderCodes.Declined),
        (_, OperationOutcome.Declined) => payment,
        (OperationKind.Capture, _) => payment! with { Status = ProviderCodes.Captured, Captured = entry.Amount },
        (OperationKind.Void, _) => payment! with { Status = ProviderCodes.Voided },
        (OperationKind.Refund, _) => payment! with { Status = ProviderCodes.Refunded },
        _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Operation, "The ledger holds an operation that is unknown."),
    };

    private static Decision Capture(ProviderPayment payment, Money amount) => payment.CardToken switch
    {
        CardTokens.CaptureFails => new(OperationOutcome.Declined, ProviderCodes.CaptureRefused, amount),
        _ when amount.Currency != payment.Authorised.Currency || amount.Minor > payment.Authorised.Minor =>
            new(OperationOutcome.Failed, ProviderCodes.AmountTooHigh, amount),
        _ => new(OperationOutcome.Approved, null, amount),
    };

    private static ProviderPayment Opened(LedgerEntry entry, string status) =>
        new(entry.Reference, entry.CardToken, status, entry.Amount, Money.Zero(entry.Amount.Currency));

    internal sealed record Decision(OperationOutcome Outcome, string? Code, Money Amount);
}
