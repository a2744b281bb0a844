using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Removes what nobody needs any more: completed sagas whose time is over, processes that died long ago, old histories, and what the inbox need not know any more.</summary>
internal sealed class Housekeeping(NpgsqlDataSource source, TransportKind transport, HistoryPartitions history, TimeProvider clock, ILogger<Housekeeping> logger)
{
    /// <summary>Uses index saga_forget.</summary>
    private const string Sagas = "delete from bus.saga where id in (select id from bus.saga where forget_at <= (select bus.now()) limit 10000)";

    /// <summary>Dead is whose lock is free: taking it for this transaction keeps one that reconnects from being purged under its hands.</summary>
    private const string Processes =
        $"""
        with old as materialized (select id from bus.process where started_at < (select bus.now()) - interval '7 days' limit 1000),
        dead as materialized (select id from old where pg_try_advisory_xact_lock({Neighbours.LockClass}, id))
        delete from bus.process where id in (select id from dead)
        """;

    private const int InboxStep = 50_000;

    /// <summary>Uses index inbox_received.</summary>
    private static readonly string Inbox =
        $"delete from bus.inbox where ctid = any(array(select ctid from bus.inbox where received_at < (select bus.now()) - $1 limit {InboxStep}))";

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
            await SweepAsync(stopping);
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await SweepAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Stopped.
        }
    }

    internal async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExecuteAsync(Sagas, cancellationToken);
            await ExecuteAsync(Processes, cancellationToken);
            await history.KeepAsync(cancellationToken);
            if (transport.InboxRetention is { } kept)
            {
                while (await ExecuteAsync(Inbox, cancellationToken, kept) == InboxStep)
                {
                    // There is more.
                }
            }
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "Sweeping up failed; again in a minute");
        }
    }

    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
