using Orders.Contracts;

namespace Orders.Payments.Provider;

internal sealed record AuthoriseBody(string Reference, string CardToken, Money Amount);

internal sealed record CaptureBody(Money Amount);

internal sealed record ProviderAnswerBody(string Outcome, string? Code = null)
{
    public GatewayAnswer ToAnswer() => new(Outcome == "approved", Code);
}

internal sealed record ProviderPaymentBody(string Status, Money? Captured = null);

internal sealed record ProviderLedgerBody(IReadOnlyList<ProviderOperationBody> Items, string? Next = null);

internal sealed record ProviderOperationBody(string Operation, string Reference, Money Amount, string Outcome);
