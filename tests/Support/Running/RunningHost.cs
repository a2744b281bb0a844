using System.Net;
using System.Net.Sockets;

namespace Orders.Tests.Support.Running;

/// <summary>The host as a process of its own, on a free port, with a database that is given or a data folder that goes with it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly IReadOnlyList<string> options;
    private readonly string data = Directory.CreateTempSubdirectory("orders-host-").FullName;
    private HostProgram program;

    private RunningHost(IReadOnlyList<string>? options, IReadOnlyDictionary<string, string> settings, int? port)
    {
        this.settings = settings;
        this.options = options?.Contains("--connection") is true ? options : ["--data", data, .. options ?? []];
        Url = new($"http://127.0.0.1:{port ?? FreePort()}");
        program = Start(Url, settings);
    }

    public Uri Url { get; }

    /// <summary>What it printed since it was last started.</summary>
    public string Said => program.Said;

    public static Task<RunningHost> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(new Dictionary<string, string>(StringComparer.Ordinal), cancellationToken);

    /// <param name="settings">Environment settings such as <c>Orders__PaymentDeadline</c>.</param>
    /// <param name="cancellationToken">Ends the wait, not the host.</param>
    public static async Task<RunningHost> StartAsync(IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var host = new RunningHost(null, settings, null);
        await host.program.ServesAsync(cancellationToken);
        return host;
    }

    /// <param name="options">Options; with <c>--connection</c> it has no database of its own.</param>
    /// <param name="settings">Environment settings.</param>
    /// <param name="cancellationToken">Ends the wait, not the host.</param>
    /// <param name="port">Where it serves, for those who have to know it before; else a free one.</param>
    public static async Task<RunningHost> StartAsync(
        IReadOnlyList<string> options, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken, int? port = null)
    {
        var host = new RunningHost(options, settings, port);
        await host.program.ServesAsync(cancellationToken);
        return host;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync(CancellationToken cancellationToken) => program.KillAsync(cancellationToken);

    /// <summary>Sends a signal such as STOP.</summary>
    public void Signal(string name) => program.Signal(name);

    /// <summary>Completes with the exit code when it has ended by itself.</summary>
    public Task<int> ExitAsync(CancellationToken cancellationToken) => program.ExitAsync(cancellationToken);

    /// <summary>kill -9, and at once a new process on the same folder and port.</summary>
    public async Task KillAndStartAsync(CancellationToken cancellationToken)
    {
        await program.KillAsync(cancellationToken);
        await StartAgainAsync(cancellationToken);
    }

    public Task StartAgainAsync(CancellationToken cancellationToken) => StartAgainAsync(settings, cancellationToken);

    public async Task StartAgainAsync(IReadOnlyDictionary<string, string> otherSettings, CancellationToken cancellationToken)
    {
        Launch(otherSettings);
        await program.ServesAsync(cancellationToken);
    }

    /// <summary>Starts it again, and does not wait until it serves: it may be meant to die before.</summary>
    public void Launch(IReadOnlyDictionary<string, string> otherSettings)
    {
        program.Dispose();
        program = Start(Url, otherSettings);
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public Task<int> StopAsync(CancellationToken cancellationToken)
    {
        program.Terminate();
        return program.ExitAsync(cancellationToken);
    }

    /// <summary>Starts another host on the same folder and waits for its end.</summary>
    public async Task<(int Code, string Said)> StartSecondAsync(CancellationToken cancellationToken)
    {
        using var second = Start(new($"http://127.0.0.1:{FreePort()}"), settings);
        var code = await second.ExitAsync(cancellationToken);
        return (code, second.Said);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var code = await StopAsync(patience.Token);
        var said = program.Said;
        program.Dispose();
        DeleteData();
        if (code != 0)
        {
            throw new InvalidOperationException($"The host ended with {code} where a drain ends with 0. It said: {said}");
        }
    }

    /// <summary>kill -9 for good, without a word about how it ended.</summary>
    public async ValueTask AbandonAsync()
    {
        await program.KillAsync(CancellationToken.None);
        program.Dispose();
        DeleteData();
    }

    private HostProgram Start(Uri url, IReadOnlyDictionary<string, string> environment) =>
        HostProgram.Start("Orders.Host.dll", url, options, environment);

    private void DeleteData()
    {
        // The database's folder may be a link to where the server's user can reach.
        if (Directory.Exists(Path.Combine(data, "pg"))
            && new DirectoryInfo(Path.Combine(data, "pg")).ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Parent: { } elsewhere })
        {
            elsewhere.Delete(recursive: true);
        }

        Directory.Delete(data, recursive: true);
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
