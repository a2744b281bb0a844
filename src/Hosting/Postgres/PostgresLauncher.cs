using Npgsql;
using Orders.Hosting.Servers;

namespace Orders.Hosting.Postgres;

/// <summary>The server's process, launched until it serves. It keeps its port: connection strings hold it.</summary>
internal sealed class PostgresLauncher(PostgresFolder folder, PostgresUser user, PostgresSettings settings, string binaries, TimeProvider clock)
    : IServerLauncher
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(200);

    private static readonly Dictionary<string, string> Nothing = [];

    private Prepared prepared = new("", "");
    private int port;
    private GuardedServer? postmaster;

    public string Name => "PostgreSQL";

    public string Log => folder.Log;

    public int Port => port;

    public string To(string database) => To(database, port, prepared.Password);

    public static string To(string database, int port, string password) =>
        $"Host=127.0.0.1;Port={port};Username=postgres;Password={password};Database={database}";

    /// <exception cref="StartupException">It does not start.</exception>
    public Task LaunchFirstAsync(Prepared preparedFolder, CancellationToken cancellationToken)
    {
        prepared = preparedFolder;
        port = LoopbackPort.Free();
        return LaunchAsync(cancellationToken);
    }

    public async Task LaunchAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(settings.StartWithin);
        try
        {
            do
            {
                postmaster?.Dispose();
                // INT: a fast shutdown, in which sessions are ended and everything is written.
                postmaster = GuardedServer.Start(user.Runs, folder.Log, "INT", Nothing, [
                    Path.Combine(binaries, "postgres"), "-D", folder.Database, "-p", $"{port}", .. settings.Arguments(prepared.Compression)]);
            }
            while (!await IsServingAsync(postmaster, patience.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StartupException(
                $"PostgreSQL did not start within {settings.StartWithin.TotalMinutes:0.##} minutes. Its log, {folder.Log}, says why. "
                + $"If port {port} is taken, end the program that took it.");
        }
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => postmaster!.WaitForExitAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (postmaster is not null)
        {
            await postmaster.StopAsync(cancellationToken);
            postmaster.Dispose();
        }
    }

    /// <returns>False when the server has exited instead: what is left of the one before may have been in its way.</returns>
    private async Task<bool> IsServingAsync(GuardedServer server, CancellationToken cancellationToken)
    {
        while (!server.HasExited)
        {
            try
            {
                await using var connection = new NpgsqlConnection(To("postgres") + ";Pooling=false;Timeout=5");
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
}
