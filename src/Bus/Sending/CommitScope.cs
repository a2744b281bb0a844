using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Activities;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Opens transactions that messages leave with.</summary>
internal sealed class CommitScopeFactory(
    NpgsqlDataSource source, IServiceScopeFactory scopes, MessageRegistry registry, EndpointDirectory directory, TransportKind transport, WakeUps wakeUps,
    Lazy<IMessageSession> session)
{
    /// <summary>Set once, at start-up: the executors need this factory, too.</summary>
    public ActivityExecutors Executors { get; set; } = null!;

    /// <param name="endpoint">The endpoint whose participants are stored, or null for none.</param>
    /// <param name="cancellationToken">Ends the wait for a connection.</param>
    public async Task<CommitScope> BeginAsync(EndpointRuntime? endpoint, CancellationToken cancellationToken)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var connection = await source.OpenConnectionAsync(cancellationToken);
            var transaction = await connection.BeginTransactionAsync(cancellationToken);
            scope.ServiceProvider.GetRequiredService<BatchStorage>().Join(connection, transaction);
            return new(
                scope, connection, transaction, new(registry, session.Value, new(connection, transport)), new(directory, Executors, transport), wakeUps, Executors, endpoint);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }
}

/// <summary>One transaction with its service scope and outbox. Disposed without a commit, nothing happened.</summary>
internal sealed class CommitScope(
    AsyncServiceScope scope,
    NpgsqlConnection connection,
    NpgsqlTransaction transaction,
    Outbox outbox,
    OutboxWriter writer,
    WakeUps wakeUps,
    ActivityExecutors executors,
    EndpointRuntime? endpoint) : IAsyncDisposable
{
    private bool committing;
    private bool committed;

    public IServiceProvider Services => scope.ServiceProvider;

    public NpgsqlConnection Connection => connection;

    public NpgsqlTransaction Transaction => transaction;

    public BatchStorage Storage { get; } = scope.ServiceProvider.GetRequiredService<BatchStorage>();

    public Outbox Outbox => outbox;

    public OutboxWriter Writer => writer;

    /// <summary>Stores the participants, writes what they deferred and the outbox, and commits.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        foreach (var type in endpoint?.Participants ?? [])
        {
            await ((IBatchParticipant)Services.GetRequiredService(type)).StoreAsync(cancellationToken);
        }

        await using var batch = new NpgsqlBatch(connection);
        foreach (var write in Storage.TakeDeferred())
        {
            batch.BatchCommands.Add(write);
        }

        await writer.AddToAsync(batch, outbox, cancellationToken);
        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }

        await CommitWrittenAsync(cancellationToken);
    }

    /// <summary>Commits what has been written, then wakes the receivers.</summary>
    public async Task CommitWrittenAsync(CancellationToken cancellationToken)
    {
        committing = true;
        await transaction.CommitAsync(cancellationToken);
        FaultPoints.Reach("after-commit");
        committed = true;
        executors.Start(writer.Activities);
        wakeUps.Sent(writer.Touched, writer.HasDelayed);
    }

    public async ValueTask DisposeAsync()
    {
        if (!committed)
        {
            executors.Abandon(writer.Activities, inDoubt: committing);
        }

        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        await scope.DisposeAsync();
    }
}
