using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>Carries out retries by filter. Any number of processes may run it: a run's row is locked for each step.</summary>
internal sealed class RetryPump(NpgsqlDataSource source, RetryRuns runs, WakeUps wakeUps, TimeProvider clock, ILogger<RetryPump> logger)
{
    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await StepAsync(stopping))
                {
                    await Task.Delay(BetweenSteps, clock, stopping);
                }
                else
                {
                    await runs.Started.WaitAsync(BetweenLooks, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "A step of the retries by filter failed; trying again");
                await Task.Delay(BetweenLooks, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Whether there is a run.</returns>
    private async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var steps = await RetryStep.LockAsync(connection, cancellationToken);
        var woken = new List<string>();
        foreach (var step in steps)
        {
            woken.AddRange(await step.RunAsync(connection, logger, cancellationToken));
        }

        await transaction.CommitAsync(cancellationToken);
        wakeUps.Wake(woken);
        return steps.Count > 0;
    }
}
