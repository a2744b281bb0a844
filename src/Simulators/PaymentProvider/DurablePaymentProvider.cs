using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Simulators.Ownership;
using Orders.Simulators.Storage;

namespace Orders.Simulators.PaymentProvider;

/// <summary>
/// The provider that never fails: decides in memory, and answers when everything decided so far is on disk. Loads its ledger
/// with the first call.
/// </summary>
internal sealed class DurablePaymentProvider : IPaymentProvider, IAsyncDisposable
{
    private readonly TimeProvider clock;
    private readonly OwnedBooks<Ledger, LedgerEntry> books;

    public DurablePaymentProvider(NpgsqlDataSource dataSource, Owner owner, TimeProvider clock, ILogger<DurablePaymentProvider> logger)
    {
        this.clock = clock;
        books = new(
            owner,
            new(dataSource, LedgerTable.InsertAsync, clock, logger),
            async cancellationToken => new(await LedgerTable.ReadAllAsync(dataSource, cancellationToken)));
    }

    public Task<ProviderAnswer> ExecuteAsync(ProviderRequest request, CancellationToken cancellationToken) =>
        books.DecideAsync(loaded => Execute(loaded, request), cancellationToken);

    public Task<ProviderPayment?> FindAsync(string reference, CancellationToken cancellationToken) =>
        books.DecideAsync(loaded => (loaded.Find(reference), (LedgerEntry?)null), cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(long after, int limit, CancellationToken cancellationToken) =>
        books.DecideAsync(loaded => (loaded.After(after, limit), (LedgerEntry?)null), cancellationToken);

    public ValueTask DisposeAsync() => books.DisposeAsync();

    private (ProviderAnswer Answer, LedgerEntry? Entry) Execute(Ledger loaded, ProviderRequest request)
    {
        if (loaded.FindByKey(request.IdempotencyKey) is { } before)
        {
            return (before.IsOf(request) ? before.Answer(replayed: true) : Refused(request, ProviderCodes.KeyReused), null);
        }

        return loaded.Execute(request, clock.GetUtcNow()) is { } entry
            ? (entry.Answer(replayed: false), entry)
            : (Refused(request, ProviderCodes.Unknown), null);
    }

    private static ProviderAnswer Refused(ProviderRequest request, string code) =>
        new(request.Operation, request.Reference, OperationOutcome.Failed, code, Amount: null);
}
