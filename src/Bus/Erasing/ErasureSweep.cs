using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>One sweep, in one transaction: take what is due, mask messages, histories and what operators did, say when to look again.</summary>
internal sealed class ErasureSweep(NpgsqlDataSource source)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var due = await ErasureRequest.TakeAsync(connection, cancellationToken);
        if (due.Count == 0)
        {
            return;
        }

        var members = await PersonalDirectory.ReadAsync(connection, cancellationToken);
        var scope = ErasureScope.Of(due);
        await new MessageMasking(connection, members).RunAsync(scope, cancellationToken);
        await new HistoryMasking(connection, members).RunAsync(scope, cancellationToken);
        await ErasureRequest.AdvanceAsync(connection, due, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
