using System.Diagnostics;
using System.Globalization;

namespace Orders.Hosting.Postgres;

/// <summary>
/// One server process. A shell stands between: it holds a pipe of ours, and when that closes because this process has died,
/// it asks the server to stop. (The kernel's parent-death signal would not do: it follows the thread, not the process.)
/// </summary>
internal sealed class Postmaster : IDisposable
{
    // $0 is the log, the rest is the server's command line.
    private const string Guard =
        """
        exec 3<&0 2>>"$0"
        "$@" </dev/null >>"$0" 2>&1 &
        server=$!
        ( cat <&3 >/dev/null; kill -INT $server ) &
        guard=$!
        exec 3<&-
        wait $server
        code=$?
        kill $guard 2>/dev/null
        exit $code
        """;

    private readonly Process shell;

    private Postmaster(Process shell) => this.shell = shell;

    public static Postmaster Start(PostgresUser user, string log, IEnumerable<string> server)
    {
        // A session of its own: Ctrl-C in the terminal is for the host, which stops the server when it has drained.
        IReadOnlyList<string> command = ["setsid", .. user.Runs(["sh", "-c", Guard, log, .. server])];
        return new(Process.Start(new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        })!);
    }

    public bool HasExited => shell.HasExited;

    public Task WaitForExitAsync(CancellationToken cancellationToken) => shell.WaitForExitAsync(cancellationToken);

    /// <summary>Asks for a fast shutdown: sessions are ended, everything is written.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        shell.StandardInput.Close();
        await shell.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        shell.StandardInput.Close();
        shell.Dispose();
    }

    /// <summary>The port of the server that runs on the folder, as its pid file tells; null without one.</summary>
    public static int? PortOf(string database)
    {
        const int portLine = 3;
        var file = Path.Combine(database, "postmaster.pid");
        try
        {
            return File.ReadLines(file).ElementAtOrDefault(portLine) is { } text
                && int.TryParse(text, CultureInfo.InvariantCulture, out var port) ? port : null;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
