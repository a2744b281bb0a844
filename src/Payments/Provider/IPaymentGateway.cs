using Orders.Contracts;

namespace Orders.Payments.Provider;

/// <summary>
/// The way to the payment provider. Refusals are answers; an exception means that nobody knows whether it was done: look it up,
/// or ask again with the same key. Thread-safe.
/// </summary>
internal interface IPaymentGateway
{
    Task<GatewayAnswer> AuthoriseAsync(string reference, string key, string cardToken, Money amount, CancellationToken cancellationToken);

    Task<GatewayAnswer> CaptureAsync(string reference, string key, Money amount, CancellationToken cancellationToken);

    Task<GatewayAnswer> VoidAsync(string reference, string key, CancellationToken cancellationToken);

    Task<GatewayAnswer> RefundAsync(string reference, string key, CancellationToken cancellationToken);

    Task<GatewayPayment> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Operations in order, page by page; a null cursor begins at the beginning.</summary>
    Task<GatewayLedgerPage> LedgerAsync(string? cursor, int limit, CancellationToken cancellationToken);
}

/// <summary>The answer to an operation. When it was not done, the code says why: one of <see cref="GatewayStatus"/> or a refusal.</summary>
internal sealed record GatewayAnswer(bool Approved, string? Code);

/// <summary>A payment as the provider has it.</summary>
internal sealed record GatewayPayment(string Status, long CapturedMinor = 0);

/// <summary>An operation in the provider's ledger.</summary>
internal sealed record GatewayOperation(string Reference, string Operation, bool Approved, Money Amount);

/// <summary>Where the page after begins; null: this was the last.</summary>
internal sealed record GatewayLedgerPage(IReadOnlyList<GatewayOperation> Operations, string? Next);

/// <summary>The provider's words for a payment's state.</summary>
internal static class GatewayStatus
{
    public const string Unknown = "unknown";
    public const string Authorised = "authorised";
    public const string Declined = "declined";
    public const string Captured = "captured";
    public const string Voided = "voided";
    public const string Refunded = "refunded";
}
