using Orders.Simulators.Ownership;

namespace Orders.Simulators.Storage;

/// <summary>
/// A simulator's books: read with the first call, kept in memory while this process owns the outside world, and read again once it
/// owns it anew. Decides in memory, and answers when everything decided so far is on disk. Thread-safe.
/// </summary>
internal sealed class OwnedBooks<TBooks, TRow> : IAsyncDisposable
    where TBooks : class
    where TRow : class
{
    private readonly Lock guard = new();
    private readonly SemaphoreSlim loading = new(1);
    private readonly CoalescingWriter<TRow> writer;
    private readonly Func<CancellationToken, Task<TBooks>> read;
    private Task lastWrite = Task.CompletedTask;
    private volatile TBooks? books;

    /// <param name="owner">Says when this process owns them anew.</param>
    /// <param name="writer">Makes what was decided durable; disposed with the books.</param>
    /// <param name="read">Reads them whole.</param>
    public OwnedBooks(Owner owner, CoalescingWriter<TRow> writer, Func<CancellationToken, Task<TBooks>> read)
    {
        (this.writer, this.read) = (writer, read);
        owner.Taken += () => books = null;
    }

    /// <param name="decide">Answers, with the row to write where something changed. Called alone.</param>
    /// <param name="cancellationToken">Ends the wait; what was decided stays.</param>
    public async Task<T> DecideAsync<T>(Func<TBooks, (T Answer, TRow? Row)> decide, CancellationToken cancellationToken)
    {
        var loaded = await LoadedAsync(cancellationToken);
        T answer;
        Task written;
        lock (guard)
        {
            (answer, var row) = decide(loaded);
            written = row is null ? lastWrite : lastWrite = writer.WriteAsync(row);
        }

        try
        {
            await written.WaitAsync(cancellationToken);
            return answer;
        }
        catch (SimulatorAwayException)
        {
            books = null;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        loading.Dispose();
    }

    private async ValueTask<TBooks> LoadedAsync(CancellationToken cancellationToken)
    {
        if (books is { } loaded)
        {
            return loaded;
        }

        await loading.WaitAsync(cancellationToken);
        try
        {
            if (books is { } other)
            {
                return other;
            }

            // What the books before decided is on disk, or never will be, when they are read again; who failed has been told.
            var pending = lastWrite;
            await pending.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            var fresh = await read(cancellationToken);
            _ = Interlocked.CompareExchange(ref lastWrite, Task.CompletedTask, pending);
            return books = fresh;
        }
        finally
        {
            loading.Release();
        }
    }
}
