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

    /// <summary>The transaction to take part in, or null outside of one.</summary>
    public NpgsqlTransaction? Transaction { get; private set; }

    public NpgsqlConnection Connection => joined ?? (owned ??= dataSource.CreateConnection());

    public void Dispose() => owned?.Dispose();

    public ValueTask DisposeAsync() => owned?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal void Join(NpgsqlConnection connection, NpgsqlTransaction transaction) => (joined, Transaction) = (connection, transaction);
}
