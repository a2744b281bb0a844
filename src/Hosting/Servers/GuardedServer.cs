using System.Diagnostics;

namespace Orders.Hosting.Servers;

/// <summary>
/// One server process. A shell stands between: it holds a pipe of ours, and when that closes because this process has died,
/// it asks the server to stop. (The kernel's parent-death signal would not do: it follows the thread, not the process.)
/// </summary>
internal sealed class GuardedServer : IDisposable
{
    // $0 is the log, $1 the signal that asks the server to stop, the rest is its command line. What it leaves behind in its
    // process group ends with it.
    private const string Guard =
        """
        exec 3<&0 2>>"$0"
        signal=$1
        shift
        "$@" </dev/null >>"$0" 2>&1 &
        server=$!
        ( cat <&3 >/dev/null; kill -$signal $server ) &
        exec 3<&-
        wait $server
        code=$?
        trap '' TERM
        kill -TERM 0
        exit $code
        """;

    private readonly Process shell;

    private GuardedServer(Process shell) => this.shell = shell;

    /// <param name="runs">How a command is run as the server's user.</param>
    /// <param name="log">Takes what the server says. It has to be there.</param>
    /// <param name="signal">What asks it to stop, such as <c>INT</c>.</param>
    /// <param name="environment">On top of this process's.</param>
    /// <param name="server">Its command line.</param>
    public static GuardedServer Start(
        Func<IEnumerable<string>, IReadOnlyList<string>> runs,
        string log,
        string signal,
        IReadOnlyDictionary<string, string> environment,
        IEnumerable<string> server)
    {
        // A session of its own: Ctrl-C in the terminal is for the host, which stops the server when it has drained.
        IReadOnlyList<string> command = ["setsid", .. runs(["sh", "-c", Guard, log, signal, .. server])];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            WorkingDirectory = "/",
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new(Launching.Start(start));
    }

    public bool HasExited => shell.HasExited;

    public Task WaitForExitAsync(CancellationToken cancellationToken) => shell.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to stop, and waits until it has.</summary>
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
}
