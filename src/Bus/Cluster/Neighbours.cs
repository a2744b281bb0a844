using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Who is alive on this database: to share lanes with them, and to free the leases of the dead.</summary>
internal sealed class Neighbours(
    NpgsqlDataSource source,
    EndpointDirectory directory,
    EndpointCatalogue endpoints,
    WakeUps wakeUps,
    LaneShares shares,
    TimeProvider clock,
    ILogger<Neighbours> logger)
{
    /// <summary>The first key of the locks that living processes hold.</summary>
    public const string LockClass = "20483";

    /// <returns>False when this process is not among the living.</returns>
    public async Task<bool> LookAroundAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await SetClockAsync(connection, cancellationToken);
            return await LookAroundAsync(connection, cancellationToken);
        }
        catch (NpgsqlException e)
        {
            // No reason to give up the lock: if the database is away, the connection that holds it breaks by itself.
            logger.LogWarning(e, "Looking around for other processes failed; again in a second");
            return true;
        }
    }

    /// <summary>To be called before anything else tells the time.</summary>
    public async Task SetClockAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await SetClockAsync(connection, cancellationToken);
    }

    private Task SetClockAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        clock is DatabaseClock shared ? shared.CorrectAsync(connection, logger, cancellationToken) : Task.CompletedTask;

    private async Task<bool> LookAroundAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var alive = new List<(int Id, short[] Endpoints)>();
        await using (var command = new NpgsqlCommand(
            $"""
            select id, endpoints from bus.process
            where id in (select objid::int from pg_locks where locktype = 'advisory' and classid = {LockClass} and objsubid = 2 and granted
              and database = (select oid from pg_database where datname = current_database()))
            order by id
            """,
            connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                alive.Add((reader.GetInt32(0), reader.GetFieldValue<short[]>(1)));
            }
        }

        wakeUps.HasPeers = alive.Exists(process => process.Id != directory.ProcessId);
        foreach (var endpoint in endpoints.All)
        {
            shares.Set(endpoint.Name, [.. alive.Where(p => p.Endpoints.Contains(endpoint.Id)).Select(p => p.Id)], directory.ProcessId);
        }

        await FreeLeasesAsync(connection, [.. alive.Select(process => process.Id)], cancellationToken);
        return alive.Exists(process => process.Id == directory.ProcessId);
    }

    /// <summary>A dead process cannot answer any more: its work is due at once.</summary>
    private static async Task FreeLeasesAsync(NpgsqlConnection connection, int[] alive, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with activities as (
              update bus.activity set holder = null, due_at = bus.now() where holder is not null and holder <> all($1))
            update bus.dispatcher set holder = null where holder <> all($1)
            """,
            connection)
        {
            Parameters = { new() { Value = alive } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
