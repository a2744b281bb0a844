using System.Data;
using Microsoft.Extensions.Logging;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>One endpoint's loop in this process: take, load, handle, store, send, commit; until nothing is left; then wait.</summary>
internal sealed class EndpointWorker(
    EndpointRuntime endpoint,
    CommitScopeFactory commits,
    MessageRegistry registry,
    LaneShares shares,
    WakeUps wakeUps,
    FailureHandling failures,
    BatchGate gate,
    HistoryOptions history,
    TimeProvider clock,
    ILogger<EndpointWorker> logger)
{
    private static readonly TimeSpan WithoutDatabase = TimeSpan.FromMilliseconds(500);

    private static readonly short[] AllLanes = [.. Lanes.All];

    private readonly ConsecutiveFailures inARow = new(endpoint, clock, logger);

    /// <summary>Runs until stopped; the batch under way is finished first.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var lanes = shares.Of(endpoint.Name);
        var pace = new BatchPace(clock);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                pace.Begin();
                if (await TakeBatchAsync(lanes, stopping) is > 0 and var count)
                {
                    lanes = shares.Of(endpoint.Name);
                    await pace.WaitAsync(count, stopping);
                    continue;
                }

                // Nothing in its own lanes: the next look, at the latest in a second, is at everybody's.
                await wakeUps.Of(endpoint.Name).WaitAsync(TimeSpan.FromSeconds(1), stopping);
                lanes = lanes == AllLanes ? shares.Of(endpoint.Name) : AllLanes;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Endpoint {Endpoint} cannot reach its database; trying again", endpoint.Name);
                await inARow.FailedAsync(e, stopping);
                await inARow.WaitAsync(WithoutDatabase, stopping);
            }
        }
    }

    /// <returns>How many deliveries were dealt with.</returns>
    private async Task<int> TakeBatchAsync(short[] lanes, CancellationToken stopping)
    {
        List<Taken>? taken = null;
        try
        {
            var handled = await HandleAsync(lanes, only: null, batch => taken = batch);
            await inARow.HandledAsync(handled, stopping);
            return handled;
        }
        catch (Exception e) when (taken is not null && !Database.IsDown(e))
        {
            // One message's fault must not hold up the others: each on its own. What is left when stopping was never taken.
            foreach (var one in taken.TakeWhile(_ => !stopping.IsCancellationRequested))
            {
                await HandleAloneAsync(one.Message, stopping);
            }

            return taken.Count;
        }
    }

    private async Task HandleAloneAsync(IncomingMessage message, CancellationToken stopping)
    {
        for (var attempt = 1; !stopping.IsCancellationRequested; attempt++)
        {
            try
            {
                await inARow.HandledAsync(await HandleAsync([message.Lane], message.Seq, _ => { }), stopping);
                return;
            }
            catch (Exception e) when (!Database.IsDown(e))
            {
                var again = await failures.DecideAsync(endpoint, message, e, attempt);
                await inARow.FailedAsync(e, stopping);
                await inARow.WaitAsync(TimeSpan.Zero, stopping);
                if (!again)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The whole story of a batch, or of one delivery.</summary>
    private async Task<int> HandleAsync(short[] lanes, long? only, Action<List<Taken>> onTaken)
    {
        var token = CancellationToken.None;
        using var pass = await gate.EnterAsync(token);
        var started = clock.GetTimestamp();
        await using var commit = await commits.BeginAsync(null, token);
        var perLane = Math.Max(1, endpoint.BatchSize / lanes.Length);
        var taken = await DeliveryQueue.TakeAsync(commit.Connection, endpoint.Id, lanes, perLane, only, token);
        if (taken.Count == 0)
        {
            return 0;
        }

        onTaken(taken);
        wakeUps.Heard(endpoint, taken);
        FaultPoints.Reach("after-take");
        var batch = new Batch(endpoint, commit.Services, commit.Storage, registry, commit.Outbox, new(history.IsOn), clock);
        try
        {
            await batch.LoadAsync(taken, token);
            FaultPoints.Reach("after-load");
            await batch.HandleAsync(token);
            FaultPoints.Reach("after-handlers");
            await batch.StoreAsync(taken, commit.Writer, token);
            FaultPoints.Reach("before-commit");
        }
        catch (Exception e) when (Database.IsTimeout(e) && commit.Connection.State == ConnectionState.Open)
        {
            throw new StatementTimeoutException(e);
        }

        await commit.CommitWrittenAsync(token);
        FaultPoints.Reach("after-dispatch");
        BusTelemetry.BatchHandled(endpoint.Name, taken.Count, clock.GetElapsedTime(started));
        return taken.Count;
    }
}
