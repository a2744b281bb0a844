using Orders.Contracts;
using Orders.Payments.Provider;
using Orders.Simulators.PaymentProvider;

namespace Orders.Tests.Unit.Payments;

/// <summary>The simulated provider's own rules in memory, with answers that can get lost after the operation was done.</summary>
internal sealed class LedgerGateway(params IEnumerable<LedgerEntry> recorded) : IPaymentGateway
{
    public Ledger Ledger { get; } = new(recorded);

    /// <summary>Asked before each operation: true does it and loses the answer.</summary>
    public Func<bool> LosesAnswer { get; set; } = () => false;

    /// <summary>What happens at the provider right after a void was asked for.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public Task<GatewayAnswer> AuthoriseAsync(
        string reference, string key, string cardToken, Money amount, CancellationToken cancellationToken) =>
        Execute(new(OperationKind.Authorise, reference, key, cardToken, amount));

    public Task<GatewayAnswer> CaptureAsync(string reference, string key, Money amount, CancellationToken cancellationToken) =>
        Execute(new(OperationKind.Capture, reference, key, Amount: amount));

    public Task<GatewayAnswer> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        Execute(new(OperationKind.Void, reference, key));

    public Task<GatewayAnswer> RefundAsync(string reference, string key, CancellationToken cancellationToken) =>
        Execute(new(OperationKind.Refund, reference, key));

    public Task<GatewayPayment> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var found = Ledger.Find(reference);
        return Task.FromResult(new GatewayPayment(found?.Status ?? GatewayStatus.Unknown, found?.Captured.Minor ?? 0));
    }

    public Task<GatewayLedgerPage> LedgerAsync(string? cursor, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The rules are tested by look-ups; pages are tested over HTTP.");

    private Task<GatewayAnswer> Execute(ProviderRequest request)
    {
        var lost = LosesAnswer();
        var entry = Ledger.FindByKey(request.IdempotencyKey) ?? Ledger.Execute(request, DateTimeOffset.UnixEpoch);
        return lost
            ? Task.FromException<GatewayAnswer>(new HttpRequestException("The connection was cut."))
            : Answer(request, entry);
    }

    private Task<GatewayAnswer> Answer(ProviderRequest request, LedgerEntry? entry)
    {
        if (request.Operation is OperationKind.Void)
        {
            Meanwhile();
        }

        return Task.FromResult(entry is null
            ? new GatewayAnswer(false, GatewayStatus.Unknown)
            : new GatewayAnswer(entry.Outcome == OperationOutcome.Approved, entry.Code));
    }
}
