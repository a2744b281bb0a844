using System.CommandLine;
using System.Net.Sockets;
using Npgsql;
using Orders.Hosting;
using Orders.Hosting.Postgres;
using Spectre.Console;

namespace Orders.Host.Verify;

/// <summary><c>verify</c>: the checker on a database that serves, or on the folder of a host, running or stopped.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "The folder of a host's PostgreSQL.", DefaultValueFactory = _ => ".data" };
        var connection = new Option<string[]>("--connection")
        {
            Description = "The PostgreSQL to check instead; again for each further database of a system at rest that has several.",
        };
        var command = new Command("verify", "Checks invariants A to G: nothing lost, nothing twice, money and stock to the unit, partners told.") { data, connection };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(data), parsed.GetValue(connection) ?? [], TimeProvider.System, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string data, string[] connections, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await CheckAsync(data, connections, clock, cancellationToken);
        }
        catch (NpgsqlException away) when (Unreachable.Advice(away) is not null)
        {
            await Console.Error.WriteLineAsync(Unreachable.Advice(away).AsMemory(), cancellationToken);
            return 1;
        }
        catch (Exception refused) when (refused is StartupException or InvalidOperationException or NpgsqlException)
        {
            await Console.Error.WriteLineAsync(refused.Message.AsMemory(), cancellationToken);
            return 1;
        }
    }

    private static async Task<int> CheckAsync(string data, string[] connections, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (connections.Length > 0)
        {
            return await ReportAsync(connections, cancellationToken);
        }

        try
        {
            if (EmbeddedPostgres.ConnectionOfRunning(data) is { } serving)
            {
                return await ReportAsync([serving], cancellationToken);
            }
        }
        catch (NpgsqlException e) when (e.InnerException is SocketException)
        {
            // Host and server were killed, and only the server's pid file is left: it can be started here.
        }

        if (!Directory.Exists(Path.Combine(data, "pg")))
        {
            throw new StartupException($"The folder {Path.GetFullPath(data)} holds no PostgreSQL. Give the host's folder with --data, or --connection.");
        }

        await using var postgres = await EmbeddedPostgres.StartAsync(data, clock, cancellationToken);
        return await ReportAsync([postgres.ConnectionString], cancellationToken);
    }

    private static async Task<int> ReportAsync(string[] connections, CancellationToken cancellationToken)
    {
        var report = connections is [var one] ? await OneAsync(one, cancellationToken) : await Checker.RunAsync(connections, cancellationToken);
        VerifyTables.Write(AnsiConsole.Console, report);
        return report.Ok ? 0 : 1;
    }

    private static async Task<VerifyReport> OneAsync(string connection, CancellationToken cancellationToken)
    {
        await using var database = NpgsqlDataSource.Create(connection);
        return await Checker.RunAsync(database, cancellationToken);
    }
}
