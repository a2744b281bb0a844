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
    private readonly Lock guard = new();
    private readonly SemaphoreSlim loading = new(1);
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly CoalescingWriter<LedgerEntry> writer;
    private Task lastWrite = Task.CompletedTask;
    private volatile Ledger? ledger;

    public DurablePaymentProvider(NpgsqlDataSource dataSource, Owner owner, TimeProvider clock, ILogger<DurablePaymentProvider> logger)
    {
        (this.dataSource, this.clock) = (dataSource, clock);
        owner.Taken += () => ledger = null;
        writer = new(dataSource, LedgerTable.InsertAsync, clock, logger);
    }

    public Task<ProviderAnswer> ExecuteAsync(ProviderRequest request, CancellationToken cancellationToken) =>
        DurablyAsync(loaded => Execute(loaded, request), cancellationToken);

    public Task<ProviderPayment?> FindAsync(string reference, CancellationToken cancellationToken) =>
        DurablyAsync(loaded => loaded.Find(reference), cancellationToken);

    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(long after, int limit, CancellationToken cancellationToken) =>
        DurablyAsync(loaded => loaded.After(after, limit), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        loading.Dispose();
    }

    private ProviderAnswer Execute(Ledger loaded, ProviderRequest request)
    {
        if (loaded.FindByKey(request.IdempotencyKey) is { } before)
        {
            return before.IsOf(request) ? before.Answer(replayed: true) : Refused(request, ProviderCodes.KeyReused);
        }

        if (loaded.Execute(request, clock.GetUtcNow()) is not { } entry)
        {
            return Refused(request, ProviderCodes.Unknown);
        }

        lastWrite = writer.WriteAsync(entry);
        return entry.Answer(replayed: false);
    }

    private static ProviderAnswer Refused(ProviderRequest request, string code) =>
        new(request.Operation, request.Reference, OperationOutcome.Failed, code, Amount: null);

    private async Task<T> DurablyAsync<T>(Func<Ledger, T> decide, CancellationToken cancellationToken)
    {
        var loaded = await LoadedAsync(cancellationToken);
        T answer;
        Task written;
        lock (guard)
        {
            (answer, written) = (decide(loaded), lastWrite);
        }

        try
        {
            await written.WaitAsync(cancellationToken);
            return answer;
        }
        catch (SimulatorAwayException)
        {
            ledger = null;
            throw;
        }
    }

    private async ValueTask<Ledger> LoadedAsync(CancellationToken cancellationToken)
    {
        if (ledger is { } loaded)
        {
            return loaded;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (ledger is { } other)
            {
                return other;
            }

            // What the books before decided is on disk, or never will be, when they are read again; who failed has been told.
            var pending = lastWrite;
            await pending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            var read = new Ledger(await LedgerTable.ReadAllAsync(dataSource, cancellationToken));
            _ = Interlocked.CompareExchange(ref lastWrite, Task.CompletedTask, pending);
            return ledger = read;
        }
        finally
        {
            loading.Release();
        }
    }
}
