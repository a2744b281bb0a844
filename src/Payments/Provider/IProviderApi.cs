using RestEase;

namespace Orders.Payments.Provider;

/// <summary>The provider's HTTP interface. Anything but 2xx throws.</summary>
internal interface IProviderApi
{
    [Post("payments")]
    Task<ProviderAnswerBody> AuthoriseAsync(
        [Header("Idempotency-Key")] string key, [Body] AuthoriseBody body, CancellationToken cancellationToken);

    [Post("payments/{reference}/capture")]
    Task<ProviderAnswerBody> CaptureAsync(
        [Path] string reference, [Header("Idempotency-Key")] string key, [Body] CaptureBody body, CancellationToken cancellationToken);

    [Post("payments/{reference}/void")]
    Task<ProviderAnswerBody> VoidAsync([Path] string reference, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken);

    [Post("payments/{reference}/refund")]
    Task<ProviderAnswerBody> RefundAsync([Path] string reference, [Header("Idempotency-Key")] string key, CancellationToken cancellationToken);

    [Get("payments/{reference}")]
    Task<ProviderPaymentBody> FindAsync([Path] string reference, CancellationToken cancellationToken);

    [Get("ledger")]
    Task<ProviderLedgerBody> LedgerAsync([Query] string? cursor, [Query] int limit, CancellationToken cancellationToken);
}
