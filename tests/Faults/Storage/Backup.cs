using System.Diagnostics;
using Npgsql;

namespace Orders.Tests.Faults.Storage;

/// <summary>pg_dump and psql, on the server's own databases.</summary>
internal static class Backup
{
    /// <param name="connection">The database to dump.</param>
    /// <param name="file">Where to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="selection">What of it: pg_dump's options.</param>
    public static Task DumpAsync(string connection, string file, CancellationToken cancellationToken, params string[] selection) =>
        RunAsync(connection, "pg_dump", ["--file", file, .. selection], cancellationToken);

    public static Task RestoreAsync(string connection, string file, CancellationToken cancellationToken) =>
        RunAsync(connection, "psql", ["--quiet", "--output", "/dev/null", "--set", "ON_ERROR_STOP=1", "--file", file], cancellationToken);

    private static async Task RunAsync(string connection, string program, string[] options, CancellationToken cancellationToken)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var info = new ProcessStartInfo(program, ["--host", settings.Host!, "--port", $"{settings.Port}", "--username", settings.Username!, "--dbname", settings.Database!, .. options])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment["PGPASSWORD"] = settings.Password;
        using var process = Process.Start(info)!;
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {said}");
    }
}
