using Npgsql;

namespace Orders.Bus.Storage;

/// <summary>
/// The connection of the present scope: inside a batch or <see cref="ITransactions"/> it is the open transaction's, elsewhere
/// a connection of its own from the pool, without a transaction, for queries. Scoped; not thread-safe.
/// </summary>
public sealed class BatchStorage(NpgsqlDataSource dataSource) : ISynchronizedStorageSession, IAsyncDisposable, IDisposable
{
    private NpgsqlConnection? owned;
    private NpgsqlConnection? joined;
    private List<NpgsqlBatchCommand> deferred = [];

    /// <summary>The transaction to take part in, or null outside of one.</summary>
    public NpgsqlTransaction? Transaction { get; private set; }

    public NpgsqlConnection Connection => joined ?? (owned ??= dataSource.CreateConnection());

    /// <summary>
    /// Adds a statement to the transaction's last round trip, before its commit. For writes that nothing in the transaction
    /// reads again and whose outcome nobody asks for: a statement that fails fails the commit.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no transaction.</exception>
    public void Defer(NpgsqlBatchCommand write)
    {
        if (Transaction is null)
        {
            throw new InvalidOperationException("A write can be deferred only inside a batch or ITransactions. Execute it instead.");
        }

        deferred.Add(write);
    }

    public void Dispose() => owned?.Dispose();

    public ValueTask DisposeAsync() => owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>The deferred writes, in their order; from now on none are.</summary>
    internal IReadOnlyList<NpgsqlBatchCommand> TakeDeferred()
    {
        var taken = deferred;
        deferred = [];
        return taken;
    }

    internal void Join(NpgsqlConnection connection, NpgsqlTransaction? transaction) => (joined, Transaction) = (connection, transaction);
}
