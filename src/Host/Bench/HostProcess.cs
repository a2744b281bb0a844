using System.Diagnostics;
using System.Reflection;

namespace Orders.Host.Bench;

/// <summary>This build's host as a process of its own, so that its CPU is counted apart. Stopped when disposed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private HostProcess(Process process, Uri url) => (this.process, Url) = (process, url);

    public Uri Url { get; }

    public int Id => process.Id;

    public static async Task<HostProcess> StartAsync(
        string connection, Uri? broker, IReadOnlyDictionary<string, string> environment, TimeProvider clock, CancellationToken cancellationToken)
    {
        var child = Process.Start(StartInfo(connection, broker, environment))
            ?? throw new InvalidOperationException("The host could not be started.");
        using var patience = new CancellationTokenSource(StartWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            while (await child.StandardOutput.ReadLineAsync(either.Token) is { } line)
            {
                if (line.StartsWith("ready ", StringComparison.Ordinal))
                {
                    return new(child, new Uri(line["ready ".Length..]));
                }

                await Console.Error.WriteLineAsync(line.AsMemory(), cancellationToken);
            }

            throw new InvalidOperationException("The host ended before it was ready. What it said stands above.");
        }
        catch
        {
            child.Kill(entireProcessTree: true);
            child.Dispose();
            throw;
        }
    }

    /// <summary>SIGTERM: the host drains and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private static ProcessStartInfo StartInfo(string connection, Uri? broker, IReadOnlyDictionary<string, string> environment)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process does not know its own program.");
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
        {
            info.ArgumentList.Add(Assembly.GetExecutingAssembly().Location);
        }

        foreach (var argument in (string[])["serve", "--urls", "http://127.0.0.1:0", "--connection", connection])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var argument in broker is null ? [] : (string[])["--transport", "rabbitmq", "--broker", broker.ToString()])
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        return info;
    }
}
