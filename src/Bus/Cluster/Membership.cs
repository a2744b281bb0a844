using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>
/// Keeps this process known to the others: a session-level advisory lock that dies with the process, a connection that hears
/// their wake-ups, and a look every second at who is alive, to share lanes and to free the leases of the dead.
/// </summary>
internal sealed class Membership(
    NpgsqlDataSource source, EndpointDirectory directory, EndpointCatalogue endpoints, WakeUps wakeUps, LaneShares shares, TimeProvider clock, ILogger<Membership> logger)
{
    /// <summary>The first key of the locks that living processes hold.</summary>
    private const int LockClass = 20483;

    private const string Channel = "orders_bus";

    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(ListenAsync(stopping), NotifyAsync(stopping));

    private async Task ListenAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stopping);
                connection.Notification += (_, notification) => wakeUps.Here(notification.Payload.Split(','));
                await ExecuteAsync(connection, $"select pg_advisory_lock({LockClass}, $1)", directory.ProcessId, stopping);
                await ExecuteAsync(connection, $"listen {Channel}", null, stopping);
                // Whatever was announced while nobody listened is found now.
                wakeUps.All();
                while (true)
                {
                    await LookAroundAsync(connection, stopping);
                    await connection.WaitAsync(TimeSpan.FromSeconds(1), stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "The connection that hears of other processes broke; opening another");
                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, CancellationToken.None);
            }
        }
    }

    private async Task LookAroundAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var alive = new List<(int Id, short[] Endpoints)>();
        await using (var command = new NpgsqlCommand(
            """
            select id, endpoints from bus.process
            where id in (select objid::int from pg_locks where locktype = 'advisory' and classid = $1 and objsubid = 2 and granted
              and database = (select oid from pg_database where datname = current_database()))
            order by id
            """,
            connection) { Parameters = { new() { Value = (uint)LockClass, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Oid } } })
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
    }

    /// <summary>A dead process cannot answer any more: its work is due at once.</summary>
    private static async Task FreeLeasesAsync(NpgsqlConnection connection, int[] alive, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update bus.activity set holder = null, due_at = bus.now() where holder is not null and holder <> all($1)", connection)
        {
            Parameters = { new() { Value = alive } },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Tells other processes, at most every few milliseconds, in transactions of its own: NOTIFY serialises commits.</summary>
    private async Task NotifyAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await wakeUps.Notify.WaitAsync(TimeSpan.FromSeconds(1), stopping);
                if (wakeUps.TakeElsewhere() is { Length: > 0 } names)
                {
                    await using var command = source.CreateCommand("select pg_notify($1, $2)");
                    command.Parameters.Add(new() { Value = Channel });
                    command.Parameters.Add(new() { Value = string.Join(',', names) });
                    await command.ExecuteNonQueryAsync(stopping);
                    await Task.Delay(TimeSpan.FromMilliseconds(5), clock, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // They poll as well: a lost wake-up costs a second, no message.
                logger.LogDebug(e, "Waking other processes failed");
            }
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, object? parameter, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        if (parameter is not null)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
