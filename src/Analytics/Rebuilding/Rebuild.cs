using Npgsql;
using Orders.Analytics.Recording;
using Orders.Contracts;

namespace Orders.Analytics.Rebuilding;

/// <summary>
/// Counts everything again from the recorded messages, beside the live tables, and puts the new ones in their place in one
/// commit. Live counting goes on meanwhile; it waits only while the last messages are caught up with.
/// </summary>
internal sealed class Rebuild(NpgsqlDataSource database, RecordedMessages recorded)
{
    // A message is visible once its transaction has committed, a little after it was sent. What was counted already adds nothing.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);

    /// <returns>False where another process is rebuilding already.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var claim = new NpgsqlCommand(RebuildSql.Claim, connection, transaction);
        if (await claim.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return false;
        }

        await ExecuteAsync(RebuildSql.CreateNext);
        var next = new FactStore(connection, transaction, FactTables.Next);
        var last = await CountAsync(next, DateTimeOffset.UnixEpoch, cancellationToken);
        await ExecuteAsync(RebuildSql.StopLive);
        await CountAsync(next, last - Overlap, cancellationToken);
        await ExecuteAsync(RebuildSql.Swap);
        await transaction.CommitAsync(cancellationToken);
        return true;

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private async Task<DateTimeOffset> CountAsync(FactStore next, DateTimeOffset from, CancellationToken cancellationToken)
    {
        var last = from;
        var facts = new FactBatch();
        await foreach (var (message, sentAt) in recorded.SinceAsync(from, cancellationToken))
        {
            Add(facts, message);
            last = sentAt;
            if (facts.IsFull)
            {
                await next.AddAsync(facts, cancellationToken);
                facts = new();
            }
        }

        await next.AddAsync(facts, cancellationToken);
        return last < DateTimeOffset.UnixEpoch + Overlap ? DateTimeOffset.UnixEpoch + Overlap : last;
    }

    private static void Add(FactBatch facts, object message)
    {
        switch (message)
        {
            case OrderPlaced placed:
                facts.Placed(OrderFact.Of(placed));
                break;
            case OrderCompleted completed:
                facts.Ended(completed.OrderId, Outcome.Completed);
                break;
            case OrderRejected rejected:
                facts.Ended(rejected.OrderId, Outcome.Rejected);
                break;
            case OrderCancelled cancelled:
                facts.Ended(cancelled.OrderId, Outcome.Cancelled);
                break;
            default:
                throw new InvalidOperationException($"{message.GetType().Name} was read for a rebuild but is not counted. Say here how.");
        }
    }
}
