using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Simulators.Ownership;

/// <summary>
/// Which process of a database is the outside world. The simulators keep their books in memory, so it is one alone: the one that
/// holds an advisory lock, for as long as its connection lives. Thread-safe.
/// </summary>
internal sealed class Owner(NpgsqlDataSource database, IServer server, ILogger<Owner> logger) : IAsyncDisposable
{
    private const long LockKey = 0x4F72_6453_696D;

    private readonly SemaphoreSlim asking = new(1);
    private readonly CancellationTokenSource stopping = new();
    private Task watching = Task.CompletedTask;
    private volatile bool isHere;
    private volatile Uri? elsewhere;

    /// <summary>This process owns the books from now on: what it has read before may be out of date.</summary>
    public event Action? Taken;

    /// <summary>Where the owner serves; null when it is this process.</summary>
    public ValueTask<Uri?> ElsewhereAsync(CancellationToken cancellationToken) =>
        isHere ? new((Uri?)null) : elsewhere is { } known ? new(known) : new(AskAsync(cancellationToken));

    /// <summary>Nobody answers there: the next call finds out who owns the books now.</summary>
    public void IsGone(Uri url) => Interlocked.CompareExchange(ref elsewhere, null, url);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
        stopping.Dispose();
        asking.Dispose();
    }

    private async Task<Uri?> AskAsync(CancellationToken cancellationToken)
    {
        await asking.WaitAsync(cancellationToken);
        try
        {
            if (isHere || elsewhere is not null)
            {
                return elsewhere;
            }

            var connection = await database.OpenConnectionAsync(cancellationToken);
            if (await TakeAsync(connection, cancellationToken))
            {
                watching = WatchAsync(connection);
                return null;
            }

            await using (connection)
            {
                await using var command = new NpgsqlCommand("select url from sim.owner", connection);
                return elsewhere = await command.ExecuteScalarAsync(cancellationToken) is string url ? new(url) : throw NobodyYet();
            }
        }
        finally
        {
            asking.Release();
        }
    }

    private async Task<bool> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw NobodyYet();
        await using var command = new NpgsqlCommand(
            """
            insert into sim.owner (url) select $2 where pg_try_advisory_lock($1)
            on conflict (one) do update set url = excluded.url
            """,
            connection) { Parameters = { new() { Value = LockKey }, new() { Value = address } } };
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            return false;
        }

        Taken?.Invoke();
        return isHere = true;
    }

    /// <summary>Owns the books until the connection, and with it the lock, is lost.</summary>
    private async Task WatchAsync(NpgsqlConnection connection)
    {
        await using (connection)
        {
            try
            {
                await connection.WaitAsync(stopping.Token);
            }
            catch (Exception lost) when (lost is NpgsqlException or IOException or OperationCanceledException)
            {
                if (!stopping.IsCancellationRequested)
                {
                    logger.LogWarning("The simulators lost their lock with the connection to the database ({Fault}); whoever is asked next takes it", lost.Message);
                }
            }

            isHere = false;
        }
    }

    private static SimulatorAwayException NobodyYet() => new("The simulators are starting. Ask again.");
}

/// <summary>No simulator can be reached; nothing was done.</summary>
internal sealed class SimulatorAwayException(string message) : Exception(message);
