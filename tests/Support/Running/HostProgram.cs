using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orders.Tests.Support.Running;

/// <summary>One run of the host's program, or of a module's, from its start to its exit.</summary>
internal sealed class HostProgram : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task errorsRead;

    private HostProgram(Process process, Uri url)
    {
        this.process = process;
        _ = ReadAsync(process.StandardOutput, line => line == $"ready {url.ToString().TrimEnd('/')}");
        errorsRead = ReadAsync(process.StandardError, _ => false);
    }

    public string Said => string.Join(Environment.NewLine, said);

    public static HostProgram Start(string program, Uri url, IReadOnlyList<string> options, IReadOnlyDictionary<string, string> settings) =>
        new(Launch(program, ["--urls", url.ToString().TrimEnd('/'), .. options], settings), url);

    /// <summary>Runs a verb that ends by itself.</summary>
    public static async Task<(int Code, string Said)> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var run = new HostProgram(Launch(program, arguments, new Dictionary<string, string>(StringComparer.Ordinal)), new("http://unused"));
        await run.ready.Task.WaitAsync(cancellationToken);
        return (await run.ExitAsync(cancellationToken), run.Said);
    }

    /// <summary>Completes when it has printed its ready line.</summary>
    public async Task ServesAsync(CancellationToken cancellationToken)
    {
        if (!await ready.Task.WaitAsync(cancellationToken))
        {
            throw new InvalidOperationException($"The host ended before it was ready. It said: {Said}");
        }
    }

    /// <summary>SIGKILL to the host alone: what it started has to look after itself.</summary>
    public Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        return process.WaitForExitAsync(cancellationToken);
    }

    public void Terminate() => Signal("TERM");

    public void Signal(string name) => Signals.Send(name, process.Id);

    public async Task<int> ExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        await errorsRead.WaitAsync(cancellationToken);
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    private static Process Launch(string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> settings)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        info.Environment.Remove("Orders__Connection");
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        return Process.Start(info) ?? throw new InvalidOperationException("dotnet could not be started. Is it on PATH?");
    }

    private async Task ReadAsync(StreamReader output, Func<string, bool> isReady)
    {
        while (await output.ReadLineAsync(CancellationToken.None) is { } line)
        {
            said.Enqueue(line);
            if (isReady(line))
            {
                ready.TrySetResult(true);
            }
        }

        ready.TrySetResult(false);
    }
}
