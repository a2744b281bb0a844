using Orders.Contracts;
using Orders.Payments.Provider;
using Orders.Simulators.PaymentProvider;

namespace Orders.Host.Gateways;

/// <summary>The simulated provider called directly, without HTTP: what a benchmark measures the pipeline with.</summary>
internal sealed class InProcessPaymentGateway(IPaymentProvider provider) : IPaymentGateway
{
    public Task<GatewayAnswer> AuthoriseAsync(
        string reference, string key, string cardToken, Money amount, CancellationToken cancellationToken) =>
        ExecuteAsync(new(OperationKind.Authorise, reference, key, cardToken, amount), cancellationToken);

    public Task<GatewayAnswer> CaptureAsync(string reference, string key, Money amount, CancellationToken cancellationToken) =>
        ExecuteAsync(new(OperationKind.Capture, reference, key, Amount: amount), cancellationToken);

    public Task<GatewayAnswer> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        ExecuteAsync(new(OperationKind.Void, reference, key), cancellationToken);

    public Task<GatewayAnswer> RefundAsync(string reference, string key, CancellationToken cancellationToken) =>
        ExecuteAsync(new(OperationKind.Refund, reference, key), cancellationToken);

    public async Task<GatewayPayment> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var found = await provider.FindAsync(reference, cancellationToken);
        return new(found?.Status ?? GatewayStatus.Unknown, found?.Captured.Minor ?? 0);
    }

    public async Task<GatewayLedgerPage> LedgerAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var after = cursor is null ? 0 : long.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
        var entries = await provider.LedgerAsync(after, limit, cancellationToken);
        return new(
            [.. entries.Select(entry => new GatewayOperation(
                entry.Reference, LedgerWords.Of(entry.Operation), entry.Outcome == OperationOutcome.Approved, entry.Amount))],
            entries.Count == limit ? entries[^1].Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    private async Task<GatewayAnswer> ExecuteAsync(ProviderRequest request, CancellationToken cancellationToken)
    {
        var answer = await provider.ExecuteAsync(request, cancellationToken);
        return new(answer.Outcome == OperationOutcome.Approved, answer.Code);
    }
}

/// <summary>Registers what <c>Orders:Gateway=inprocess</c> stands for.</summary>
internal static class InProcessGateways
{
    public static IServiceCollection AddInProcessPaymentGateway(this IServiceCollection services) =>
        services.AddSingleton<IPaymentGateway, InProcessPaymentGateway>();
}
