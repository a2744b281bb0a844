namespace Orders.Simulators.PaymentProvider;

/// <summary>The payment provider. Thread-safe. Everything it answers is on disk before.</summary>
public interface IPaymentProvider
{
    /// <summary>Carries out an operation, or answers again what it answered to the same key.</summary>
    /// <exception cref="ProviderUnavailableException">It cannot answer now, and did nothing.</exception>
    /// <exception cref="ReplyLostException">It did it, but the answer gets lost.</exception>
    Task<ProviderAnswer> ExecuteAsync(ProviderRequest request, CancellationToken cancellationToken);

    /// <summary>Looks a payment up by its reference; null when it is unknown.</summary>
    Task<ProviderPayment?> FindAsync(string reference, CancellationToken cancellationToken);

    /// <summary>Operations in order, after a sequence, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerAsync(long after, int limit, CancellationToken cancellationToken);
}

/// <summary>The provider is down or refuses work; nothing was done.</summary>
public sealed class ProviderUnavailableException(string message) : Exception(message);

/// <summary>The connection is cut before the answer.</summary>
public sealed class ReplyLostException(string message) : Exception(message);
