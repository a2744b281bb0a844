using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Masks what was asked for. Any number of processes may run it: each takes what no other is at.</summary>
internal sealed class ErasurePump(ErasureSweep sweep, TimeProvider clock, ILogger<ErasurePump> logger)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <summary>A sweep reads every message there is: it may take a twentieth of the time, however much is asked for.</summary>
    private const int Rest = 20;

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            try
            {
                await sweep.RunAsync(stopping);
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "Masking what was erased failed; it is tried again");
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause(clock.GetElapsedTime(began)), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    internal static TimeSpan Pause(TimeSpan took) => TimeSpan.FromTicks(Math.Max(BetweenLooks.Ticks, took.Ticks * Rest));
}
