using System.Globalization;

namespace Orders.Host.Bench.Overload;

/// <summary>Looks again and again at how much of a process is in memory (VmRSS of proc(5)).</summary>
internal sealed class MemoryWatch(int processId, TimeProvider clock)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    private double peak;

    /// <summary>Megabytes, the most that was seen since this was last asked.</summary>
    public double TakePeak() => Interlocked.Exchange(ref peak, 0);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Interlocked.Exchange(ref peak, Math.Max(peak, Megabytes()));
            await Task.Delay(Between, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private double Megabytes()
    {
        const string label = "VmRSS:";
        var line = File.ReadLines($"/proc/{processId}/status").First(line => line.StartsWith(label, StringComparison.Ordinal));
        return double.Parse(line[label.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
