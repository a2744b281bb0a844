using Orders.Contracts;

namespace Orders.Payments.Provider;

/// <summary>The provider over HTTP.</summary>
internal sealed class HttpPaymentGateway(IProviderApi provider) : IPaymentGateway
{
    public async Task<GatewayAnswer> AuthoriseAsync(
        string reference, string key, string cardToken, Money amount, CancellationToken cancellationToken) =>
        (await provider.AuthoriseAsync(key, new(reference, cardToken, amount), cancellationToken)).ToAnswer();

    public async Task<GatewayAnswer> CaptureAsync(string reference, string key, Money amount, CancellationToken cancellationToken) =>
        (await provider.CaptureAsync(reference, key, new(amount), cancellationToken)).ToAnswer();

    public async Task<GatewayAnswer> VoidAsync(string reference, string key, CancellationToken cancellationToken) =>
        (await provider.VoidAsync(reference, key, cancellationToken)).ToAnswer();

    public async Task<GatewayAnswer> RefundAsync(string reference, string key, CancellationToken cancellationToken) =>
        (await provider.RefundAsync(reference, key, cancellationToken)).ToAnswer();

    public async Task<GatewayPayment> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var found = await provider.FindAsync(reference, cancellationToken);
        return new(found.Status, found.Captured?.Minor ?? 0);
    }

    public async Task<GatewayLedgerPage> LedgerAsync(string? cursor, int limit, CancellationToken cancellationToken)
    {
        var page = await provider.LedgerAsync(cursor, limit, cancellationToken);
        return new(
            [.. page.Items.Select(item => new GatewayOperation(item.Reference, item.Operation, item.Outcome == "approved", item.Amount))],
            page.Next);
    }
}
