using Npgsql;
using Orders.Hosting.Servers;

namespace Orders.Hosting.Postgres;

/// <summary>
/// A private PostgreSQL that lives and dies with this process: made on first use, started again when it dies, stopped when
/// disposed. The folder is held by one process at a time.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly PostgresFolder folder;
    private readonly PostgresLauncher server;
    private readonly CancellationTokenSource stopping = new();
    private Supervision? supervision;

    private EmbeddedPostgres(PostgresFolder folder, PostgresLauncher server) => (this.folder, this.server) = (folder, server);

    /// <summary>To the database <c>orders</c>.</summary>
    public string ConnectionString => To("orders");

    /// <summary>Completes, with what to tell the user, when the server has died and cannot be started again.</summary>
    public Task<StartupException> Lost => supervision!.Lost;

    /// <summary>Completes when the server has died and serves again.</summary>
    internal Task NextRestart => supervision!.NextRestart;

    /// <exception cref="StartupException">PostgreSQL is missing, the folder is taken, or the server does not start.</exception>
    public static Task<EmbeddedPostgres> StartAsync(string data, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(data, new PostgresSettings(), clock, cancellationToken);

    /// <summary>The connection to the server that another process runs on the folder; null when none does.</summary>
    public static string? ConnectionOfRunning(string data) => Postmaster.PortOf(PostgresFolder.DatabaseOf(data)) is { } port
        ? PostgresLauncher.To("orders", port, PostgresFolder.PasswordOf(data))
        : null;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await (supervision?.Ended ?? Task.CompletedTask);
        await server.StopAsync(CancellationToken.None);
        folder.Dispose();
        stopping.Dispose();
    }

    internal static async Task<EmbeddedPostgres> StartAsync(
        string data, PostgresSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var binaries = PostgresBinaries.Find();
        var user = new PostgresUser();
        var taken = PostgresFolder.Take(data);
        var postgres = new EmbeddedPostgres(taken, new(taken, user, settings, binaries, clock));
        try
        {
            var prepared = await new PostgresPreparation(taken, user, binaries, clock).PrepareAsync(cancellationToken);
            await postgres.server.LaunchFirstAsync(prepared, cancellationToken);
            await postgres.CreateDatabaseAsync("orders", cancellationToken);
            postgres.supervision = new(postgres.server, postgres.stopping.Token);
            return postgres;
        }
        catch
        {
            await postgres.DisposeAsync();
            throw;
        }
    }

    internal async Task CreateDatabaseAsync(string name, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.Add(new() { Value = name });
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    internal string To(string database) => server.To(database);
}
