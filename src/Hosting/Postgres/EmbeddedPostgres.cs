using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Orders.Hosting.Postgres;

/// <summary>
/// A private PostgreSQL that lives and dies with this process: made on first use, started again when it dies, stopped when
/// disposed. The folder is held by one process at a time.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(5);

    private readonly PostgresFolder folder;
    private readonly PostgresUser user = new();
    private readonly PostgresSettings settings;
    private readonly string binaries;
    private readonly TimeProvider clock;
    private readonly CancellationTokenSource stopping = new();
    private TaskCompletionSource nextRestart = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string password = "";
    private string compression = "on";
    private int port;
    private Postmaster? postmaster;
    private Task supervision = Task.CompletedTask;

    private EmbeddedPostgres(PostgresFolder folder, PostgresSettings settings, string binaries, TimeProvider clock) =>
        (this.folder, this.settings, this.binaries, this.clock) = (folder, settings, binaries, clock);

    /// <summary>To the database <c>orders</c>.</summary>
    public string ConnectionString => To("orders", port, password);

    /// <summary>Completes when the server has died and serves again.</summary>
    internal Task NextRestart => nextRestart.Task;

    /// <exception cref="StartupException">PostgreSQL is missing, the folder is taken, or the server does not start.</exception>
    public static Task<EmbeddedPostgres> StartAsync(string data, TimeProvider clock, CancellationToken cancellationToken) =>
        StartAsync(data, new PostgresSettings(), clock, cancellationToken);

    /// <summary>The connection to the server that another process runs on the folder; null when none does.</summary>
    public static string? ConnectionOfRunning(string data) =>
        Postmaster.PortOf(PostgresFolder.DatabaseOf(data)) is { } port ? To("orders", port, PostgresFolder.PasswordOf(data)) : null;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervision;
        if (postmaster is not null)
        {
            await postmaster.StopAsync(CancellationToken.None);
            postmaster.Dispose();
        }

        folder.Dispose();
        stopping.Dispose();
    }

    internal static async Task<EmbeddedPostgres> StartAsync(
        string data, PostgresSettings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        var postgres = new EmbeddedPostgres(PostgresFolder.Take(data), settings, PostgresBinaries.Find(), clock);
        try
        {
            await postgres.PrepareAsync(cancellationToken);
            await postgres.LaunchAsync(cancellationToken);
            await postgres.CreateDatabaseAsync("orders", cancellationToken);
            postgres.supervision = postgres.SuperviseAsync(postgres.stopping.Token);
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
        await using var connection = new NpgsqlConnection(To("postgres", port, password) + ";Pooling=false");
        await connection.OpenAsync(cancellationToken);
        await using var exists = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection);
        exists.Parameters.Add(new() { Value = name });
        if (await exists.ExecuteScalarAsync(cancellationToken) is null)
        {
            await using var create = new NpgsqlCommand($"CREATE DATABASE \"{name}\"", connection);
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    internal string To(string database) => To(database, port, password);

    private static string To(string database, int port, string password) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database={database}";

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (folder.IsInitialised)
        {
            await StopOrphanAsync(cancellationToken);
        }
        else
        {
            await InitialiseAsync(cancellationToken);
        }

        password = PostgresFolder.PasswordOf(folder.Root);
        var lz4 = await Tool.TryAsync(
            user.Runs(Program("postgres"), "-D", folder.Database, "-C", "wal_compression", "-c", "wal_compression=lz4"), cancellationToken);
        compression = lz4.Code == 0 ? "lz4" : "on";
    }

    private async Task InitialiseAsync(CancellationToken cancellationToken)
    {
        await folder.PlaceAsync(user, cancellationToken);
        // A first use that was cut short has left half a database: it holds nothing yet.
        if (Directory.EnumerateFileSystemEntries(folder.Database).Any())
        {
            await Tool.RunAsync(["find", folder.Database, "-mindepth", "1", "-delete"], cancellationToken);
        }

        folder.MakePassword();
        var passwordForServer = folder.Log + ".init";
        File.Copy(folder.PasswordFile, passwordForServer, overwrite: true);
        try
        {
            await user.OwnAsync(passwordForServer, cancellationToken);
            await Tool.RunAsync(
                user.Runs(
                    Program("initdb"), "-D", folder.Database, "-U", "postgres", "--encoding=UTF8", "--locale=C",
                    "--auth=scram-sha-256", $"--pwfile={passwordForServer}"),
                cancellationToken);
        }
        catch
        {
            File.Delete(folder.PasswordFile);
            throw;
        }
        finally
        {
            File.Delete(passwordForServer);
        }
    }

    // A host that was killed leaves its server running, or still on its way down.
    private async Task StopOrphanAsync(CancellationToken cancellationToken)
    {
        if (Postmaster.PortOf(folder.Database) is null)
        {
            return;
        }

        foreach (var mode in new[] { "fast", "immediate" })
        {
            var (code, _) = await Tool.TryAsync(
                user.Runs(Program("pg_ctl"), "stop", "-D", folder.Database, "-m", mode, "-w", "-t", "60"), cancellationToken);
            if (code == 0)
            {
                return;
            }
        }
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartWithin);
        try
        {
            do
            {
                postmaster?.Dispose();
                port = port == 0 ? FreePort() : port;
                postmaster = Postmaster.Start(user, folder.Log, [
                    Program("postgres"), "-D", folder.Database, "-p", $"{port}", .. settings.Arguments(compression)]);
            }
            while (!await IsServingAsync(postmaster, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartupException($"PostgreSQL did not start within {StartWithin.TotalMinutes} minutes. Its log is {folder.Log}.");
        }
    }

    /// <returns>False when the server has exited instead: what is left of the one before may have been in its way.</returns>
    private async Task<bool> IsServingAsync(Postmaster server, CancellationToken cancellationToken)
    {
        while (!server.HasExited)
        {
            try
            {
                await using var connection = new NpgsqlConnection(To("postgres", port, password) + ";Pooling=false;Timeout=5");
                await connection.OpenAsync(cancellationToken);
                return true;
            }
            catch (NpgsqlException)
            {
                await Task.Delay(RetryAfter, clock, cancellationToken);
            }
        }

        await Task.Delay(RetryAfter, clock, cancellationToken);
        return false;
    }

    private async Task SuperviseAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await postmaster!.WaitForExitAsync(cancellationToken);
                await LaunchAsync(cancellationToken);
                Interlocked.Exchange(ref nextRestart, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Disposed: the present server, if any, is stopped by it.
        }
    }

    private string Program(string name) => Path.Combine(binaries, name);

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
