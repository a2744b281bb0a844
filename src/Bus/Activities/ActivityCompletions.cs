using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;
using Orders.Bus.Storage;

namespace Orders.Bus.Activities;

/// <summary>
/// Writes attempts' results, many in one transaction: answered work is deleted and its outcome sent, failed work is given
/// back, what can never succeed goes to the error queue. What lost its lease meanwhile says nothing.
/// </summary>
internal sealed class ActivityCompletions(CommitScopeFactory commits, EndpointDirectory directory, ILogger<ActivityCompletions> logger, TimeProvider clock)
{
    private const int BatchSize = 200;
    private const int TriesOfOne = 3;

    private readonly Channel<ActivityResult> results = Channel.CreateBounded<ActivityResult>(
        new BoundedChannelOptions(4 * BatchSize) { SingleReader = true });

    public ValueTask AddAsync(ActivityResult result) => results.Writer.WriteAsync(result);

    /// <summary>No more results will come; <see cref="RunAsync"/> returns once the last is written.</summary>
    public void Complete() => results.Writer.TryComplete();

    public async Task RunAsync(CancellationToken giveUp)
    {
        var batch = new List<ActivityResult>(BatchSize);
        var pace = new BatchPace(clock);
        while (await results.Reader.WaitToReadAsync(giveUp))
        {
            pace.Begin();
            while (batch.Count < BatchSize && results.Reader.TryRead(out var result))
            {
                batch.Add(result);
            }

            await WriteUntilDoneAsync(batch, giveUp);
            await pace.WaitAsync(batch.Count, giveUp);
            batch.Clear();
        }
    }

    private async Task WriteUntilDoneAsync(List<ActivityResult> batch, CancellationToken giveUp)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await WriteAsync(batch, giveUp);
                return;
            }
            catch (Exception e) when (batch.Count > 1 && !Database.IsDown(e) && !giveUp.IsCancellationRequested)
            {
                // One answer's fault must not hold up the others: each on its own.
                foreach (var one in batch)
                {
                    await WriteUntilDoneAsync([one], giveUp);
                }

                return;
            }
            catch (Exception e) when (!giveUp.IsCancellationRequested)
            {
                // The answers stay in memory until the database takes them; if this process dies, the calls are repeated.
                logger.LogWarning(e, "Writing {Count} activity results failed; trying again", batch.Count);
                if (tries >= TriesOfOne && !Database.IsDown(e))
                {
                    // The database is there: it is this answer that cannot be written, now or later.
                    batch = [batch[0] with { Outcome = null, Fault = e }];
                }

                await Task.Delay(TimeSpan.FromMilliseconds(500), clock, giveUp);
            }
        }
    }

    private async Task WriteAsync(List<ActivityResult> batch, CancellationToken cancellationToken)
    {
        await using var commit = await commits.BeginAsync(null, cancellationToken);
        var answered = batch.Where(result => result.Outcome is not null).ToList();
        if (answered.Count > 0)
        {
            var finished = await ActivityEnds.FinishAsync(
                commit.Connection, [.. answered.Select(result => result.Work)], directory.ProcessId, cancellationToken);
            foreach (var result in answered.Where(result => finished.Contains((result.Work.Request.Message, result.Work.Attempt))))
            {
                await SendAsync(result, commit.Outbox);
            }
        }

        foreach (var (work, _, _, _, fault) in batch.Where(result => result.Fault is not null))
        {
            await ActivityEnds.SetAsideAsync(commit.Connection, work.Request.Message, work.Attempt, directory.ProcessId, fault!, cancellationToken);
        }

        var failed = batch.Where(result => result is { Outcome: null, Fault: null }).ToList();
        if (failed.Count > 0)
        {
            await ActivityEnds.RescheduleAsync(commit.Connection, failed, directory.ProcessId, cancellationToken);
        }

        FaultPoints.Reach("before-result");
        await commit.CommitAsync(cancellationToken);
        FaultPoints.Reach("after-result");
    }

    private Task SendAsync(ActivityResult result, Outbox outbox)
    {
        var options = new SendOptions();
        options.RouteToThisEndpoint();
        var request = result.Work.Request;
        return outbox.SendAsync(
            result.Outcome!,
            options,
            new(result.Work.Endpoint.Name, request.Conversation, request.Message, request.Trace, clock.GetUtcNow()));
    }
}
