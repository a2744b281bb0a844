using System.Collections.Concurrent;
using System.Diagnostics;
using Orders.Tests.Support.Running;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>The real HAProxy with <c>deploy/haproxy.cfg</c>, on a free port.</summary>
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

    /// <summary>Returns when it answers for one of the two at least.</summary>
    public static async Task<LoadBalancer> StartAsync(Uri first, Uri second, CancellationToken cancellationToken)
    {
        var url = new Uri($"http://127.0.0.1:{RunningHost.FreePort()}");
        var info = new ProcessStartInfo(Program!, ["-db", "-f", Path.Combine(AppContext.BaseDirectory, "haproxy.cfg")])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ORDERS_BIND"] = url.Authority, ["ORDERS_API_1"] = first.Authority, ["ORDERS_API_2"] = second.Authority },
        };
        var balancer = new LoadBalancer(Process.Start(info)!, url);
        balancer.Listen();
        using var http = new HttpClient();
        await Eventually.NothingIsMissingAsync(token => balancer.ReadyAsync(http, token), cancellationToken);
        return balancer;
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

    private async Task<string?> ReadyAsync(HttpClient http, CancellationToken cancellationToken)
    {
        Assert.False(process.HasExited, $"HAProxy has ended. It said: {string.Join(Environment.NewLine, said)}");
        try
        {
            using var answer = await http.GetAsync(new Uri(Url, "/health/ready"), cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"HAProxy answers {(int)answer.StatusCode}";
        }
        catch (HttpRequestException e)
        {
            return e.Message;
        }
    }
}
