using System.Collections.Concurrent;
using System.Diagnostics;
using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>The real HAProxy with a configuration of <c>deploy/</c>, on a free port.</summary>
internal sealed class LoadBalancer : IDisposable
{
    private readonly Process process;

    private readonly ConcurrentQueue<string> said = new();

    private LoadBalancer(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Where it is installed; null where it is not.</summary>
    public static string? Program => (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':')
        .Select(folder => Path.Combine(folder, "haproxy"))
        .FirstOrDefault(File.Exists);

    /// <summary>Returns when a process behind it is ready.</summary>
    /// <param name="configuration">The file's name.</param>
    /// <param name="servers">Whom it sends requests to, by the name in the environment.</param>
    /// <param name="cancellationToken">The test's.</param>
    public static async Task<LoadBalancer> StartAsync(string configuration, IReadOnlyDictionary<string, Uri> servers, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{RunningHost.FreePort()}");
        var info = new ProcessStartInfo(Program!, ["-db", "-f", Path.Combine(AppContext.BaseDirectory, configuration)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ORDERS_BIND"] = url.Authority },
        };
        foreach (var (name, server) in servers)
        {
            info.Environment[name] = server.Authority;
        }

        var balancer = new LoadBalancer(Process.Start(info)!, url);
        balancer.Listen();
        await balancer.SendsAsync("/health/ready", cancellationToken);
        return balancer;
    }

    /// <summary>Returns when a process answers for the path: HAProxy itself says 503 while it knows none that is ready.</summary>
    public async Task SendsAsync(string path, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Url };
        await Eventually.NothingIsMissingAsync(token => MissingAsync(http, path, token), cancellationToken);
    }

    public void Dispose()
    {
        process.Kill();
        process.Dispose();
    }

    private void Listen()
    {
        process.OutputDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private async Task<string?> MissingAsync(HttpClient http, string path, CancellationToken cancellationToken)
    {
        Assert.False(process.HasExited, $"HAProxy has ended. It said: {string.Join(Environment.NewLine, said)}");
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            return (int)answer.StatusCode < 500 ? null : $"HAProxy answers {path} with {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
