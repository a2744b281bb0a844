using Orders.Contracts;

namespace Orders.Simulators.PaymentProvider;

/// <summary>One operation as the ledger keeps it. Sequences grow without gaps from 1.</summary>
public sealed record LedgerEntry(
    long Sequence,
    DateTimeOffset At,
    OperationKind Operation,
    string Reference,
    string IdempotencyKey,
    string CardToken,
    Money Amount,
    OperationOutcome Outcome,
    string? Code)
{
    internal bool IsOf(ProviderRequest request) =>
        Operation == request.Operation
        && Reference == request.Reference
        && (request.CardToken is null || CardToken == request.CardToken)
        && (request.Amount is null || Amount == request.Amount);

    internal ProviderAnswer Answer(bool replayed) => new(Operation, Reference, Outcome, Code, Amount, replayed);
}
