using System.Net;
using System.Net.Sockets;

namespace Orders.Tests.EndToEnd.Running;

/// <summary>The host as a process of its own, on a free port and a data folder that goes with it.</summary>
internal sealed class RunningHost : IAsyncDisposable
{
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly string data = Directory.CreateTempSubdirectory("orders-host-").FullName;
    private HostProgram program;

    private RunningHost(IReadOnlyDictionary<string, string> settings)
    {
        this.settings = settings;
        Url = new($"http://127.0.0.1:{FreePort()}");
        program = HostProgram.Start(Url, data, settings);
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
        var host = new RunningHost(settings);
        await host.program.ServesAsync(cancellationToken);
        return host;
    }

    /// <summary>kill -9, and at once a new process on the same folder and port.</summary>
    public async Task KillAndStartAsync(CancellationToken cancellationToken)
    {
        await program.KillAsync(cancellationToken);
        await StartAgainAsync(cancellationToken);
    }

    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        program.Dispose();
        program = HostProgram.Start(Url, data, settings);
        await program.ServesAsync(cancellationToken);
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
        using var second = HostProgram.Start(new($"http://127.0.0.1:{FreePort()}"), data, settings);
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

    private void DeleteData()
    {
        // The database's folder may be a link to where the server's user can reach.
        if (new DirectoryInfo(Path.Combine(data, "pg")).ResolveLinkTarget(returnFinalTarget: true) is DirectoryInfo { Parent: { } elsewhere })
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
