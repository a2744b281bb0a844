using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Moves what is due from bus.delayed to bus.delivery or bus.outgoing, by the database's clock. Any number of processes may run it.</summary>
internal sealed class DelayedPump(NpgsqlDataSource source, EndpointCatalogue endpoints, WakeUps wakeUps, TimeProvider clock, ILogger<DelayedPump> logger)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await wakeUps.Delayed.WaitAsync(await MoveAsync(stopping), stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Moving due messages failed; trying again");
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
            }
        }
    }

    /// <returns>How long to wait for the next one.</returns>
    private async Task<TimeSpan> MoveAsync(CancellationToken cancellationToken)
    {
        // Index delayed_due, for both statements.
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(
            """
            with due as (
              delete from bus.delayed where id in (
                select id from bus.delayed where due_at <= (select bus.now()) order by due_at limit 1000 for update skip locked)
              returning due_at, id, endpoint, lane, message, retries, away),
            home as (
              insert into bus.delivery (endpoint, lane, message, retries)
              select endpoint, lane, message, retries from due where not away order by due_at, id
              returning endpoint),
            gone as (
              insert into bus.outgoing (message, endpoint) select message, endpoint from due where away order by due_at, id
              returning endpoint)
            select endpoint, false from home union select endpoint, true from gone
            """));
        batch.BatchCommands.Add(new("select min(due_at) - bus.now() from bus.delayed"));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var moved = new HashSet<short>();
        var touched = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetBoolean(1))
            {
                touched.Add(WakeUps.Outgoing);
            }
            else
            {
                moved.Add(reader.GetInt16(0));
            }
        }

        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var next = await reader.IsDBNullAsync(0, cancellationToken) ? LongestWait : reader.GetTimeSpan(0);
        touched.UnionWith(endpoints.All.Where(endpoint => moved.Contains(endpoint.Id)).Select(endpoint => endpoint.Name));
        wakeUps.Sent(touched, delayed: false);
        return next < TimeSpan.Zero ? TimeSpan.Zero : next < LongestWait ? next : LongestWait;
    }
}
