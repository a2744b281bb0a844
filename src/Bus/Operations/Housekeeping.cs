using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Removes what nobody needs any more: completed sagas whose time is over, and processes that died long ago.</summary>
internal sealed class Housekeeping(NpgsqlDataSource source, TimeProvider clock, ILogger<Housekeeping> logger)
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

    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1), clock);
        try
        {
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
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "Sweeping up failed; again in a minute");
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
