using System.Globalization;
using Npgsql;
using Orders.Hosting.Postgres;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Support;

/// <summary>
/// A real PostgreSQL of the test assembly's own, on a free loopback port. Take it once an assembly:
/// <c>[assembly: AssemblyFixture(typeof(PostgresServer))]</c>, and give each test class a database of its own.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"orders-tests-{Guid.CreateVersion7():N}");
    private EmbeddedPostgres? postgres;
    private int databases;

    public async ValueTask InitializeAsync()
    {
        var settings = new PostgresSettings { SharedBuffersMiB = 128, MaxConnections = 300 };
        postgres = await EmbeddedPostgres.StartAsync(folder, settings, TimeProvider.System, CancellationToken.None);
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync(CancellationToken cancellationToken = default)
    {
        var server = postgres ?? throw new InvalidOperationException("The server is not started: take the fixture by constructor.");
        var name = "test_" + Interlocked.Increment(ref databases).ToString(CultureInfo.InvariantCulture);
        await server.CreateDatabaseAsync(name, cancellationToken);
        return server.To(name);
    }

    /// <summary>kill -9 of the server. Returns at once: it is started again as soon as its death is seen.</summary>
    /// <returns>Completes when it serves again.</returns>
    public Task Kill()
    {
        var restarted = postgres!.NextRestart;
        Signals.Send("KILL", int.Parse(File.ReadLines(Path.Combine(folder, "pg", "postmaster.pid")).First(), CultureInfo.InvariantCulture));
        return restarted;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
