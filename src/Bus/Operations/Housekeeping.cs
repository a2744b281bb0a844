using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Removes completed sagas whose time is over. Index saga_forget.</summary>
internal sealed class Housekeeping(NpgsqlDataSource source, TimeProvider clock, ILogger<Housekeeping> logger)
{
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

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand(
                "delete from bus.saga where id in (select id from bus.saga where forget_at <= (select bus.now()) limit 10000)");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "Forgetting old sagas failed; again in a minute");
        }
    }
}
