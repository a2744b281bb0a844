using Npgsql;
using Orders.Bus.Engine;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// The one loop that commits confirms: whatever waits, up to a hundred, in one transaction. What came while a commit was on
/// its way makes the next batch, so the batch grows with the load and nobody waits for it to fill.
/// </summary>
internal sealed class ConfirmCommitter(ConfirmQueue queue, ConfirmBatch batch, ConfirmPace pace) : BackgroundService
{
    public const int MaxBatch = 100;
    private const int MaxAttemptsAlone = 5;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
            {
                await CommitAsync(Take(await pace.WaitAsync(queue.Reader.Count, stoppingToken)), stoppingToken);
            }
        }
        finally
        {
            queue.Close();
            while (queue.Reader.TryRead(out var left))
            {
                left.Fail(new OperationCanceledException("The process stops before this confirm was committed. Confirm again with the same key."));
            }
        }
    }

    private List<PendingConfirm> Take(int atMost)
    {
        var taken = new List<PendingConfirm>();
        while (taken.Count < atMost && queue.Reader.TryRead(out var pending))
        {
            taken.Add(pending);
        }

        return taken;
    }

    private async Task CommitAsync(List<PendingConfirm> taken, CancellationToken cancellationToken)
    {
        try
        {
            var outcomes = await batch.CommitAsync(taken.ConvertAll(pending => pending.Request), cancellationToken);
            FaultPoints.Reach("confirm-committed");
            for (var index = 0; index < taken.Count; index++)
            {
                taken[index].Answer(outcomes[index]);
            }
        }
        catch (Exception) when (taken.Count > 1)
        {
            // One bad item must not fail the others.
            foreach (var pending in taken)
            {
                await CommitAloneAsync(pending, cancellationToken);
            }
        }
        catch (Exception)
        {
            await CommitAloneAsync(taken[0], cancellationToken);
        }
    }

    private async Task CommitAloneAsync(PendingConfirm pending, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                pending.Answer((await batch.CommitAsync([pending.Request], cancellationToken))[0]);
                return;
            }
            catch (PostgresException collided) when (attempt < MaxAttemptsAlone && IsCollision(collided))
            {
                // Another process committed the same key first: the next attempt reads what it wrote.
            }
            catch (Exception fault)
            {
                pending.Fail(fault);
                return;
            }
        }
    }

    private static bool IsCollision(PostgresException fault) => fault.SqlState is
        PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;
}
