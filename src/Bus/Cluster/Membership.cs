using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>
/// Keeps this process known to the others: a session-level advisory lock that dies with the process, a connection that hears
/// their wake-ups, and a look every second at who is alive.
/// </summary>
internal sealed class Membership(
    NpgsqlDataSource source, EndpointDirectory directory, Neighbours neighbours, WakeUps wakeUps, TimeProvider clock, ILogger<Membership> logger)
{
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
                await ExecuteAsync(connection, $"select pg_advisory_lock({Neighbours.LockClass}, $1)", directory.ProcessId, stopping);
                await ExecuteAsync(connection, $"listen {Channel}", null, stopping);
                await directory.StayRegisteredAsync(stopping);
                // Whatever was announced while nobody listened is found now.
                wakeUps.All();
                await HearAndLookAroundAsync(connection, stopping);
                // Given back to the pool without what its session held; a connection that is dead fails here and is not given back.
                await ExecuteAsync(connection, "select pg_advisory_unlock_all()", null, stopping);
                await ExecuteAsync(connection, "unlisten *", null, stopping);
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

    /// <summary>
    /// Hears without a time limit, since Npgsql ends a limited wait by an exception, and looks around on another connection.
    /// Ends when the connection breaks, or when the server no longer sees its lock and so has lost it.
    /// </summary>
    private async Task HearAndLookAroundAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var hearing = HearAsync(connection, leaving.Token);
        try
        {
            while (!hearing.IsCompleted && await neighbours.LookAroundAsync(stopping))
            {
                await Task.WhenAny(hearing, Task.Delay(TimeSpan.FromSeconds(1), clock, leaving.Token));
            }
        }
        finally
        {
            await leaving.CancelAsync();
            await hearing;
        }
    }

    private static async Task HearAsync(NpgsqlConnection connection, CancellationToken leaving)
    {
        try
        {
            while (true)
            {
                await connection.WaitAsync(leaving);
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // Left.
        }
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
