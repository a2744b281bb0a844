using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Engine;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>Moves one queue into the database: gather, store in one commit, acknowledge. A message is never handled here.</summary>
internal sealed class Consumer(
    EndpointRuntime endpoint, string queue, bool deadLetters, Inbox inbox, WakeUps wakeUps, RabbitMqSettings settings, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs until stopped; what has been taken is stored first. Returns early when the broker ends the consumer.</summary>
    public async Task RunAsync(IConnection connection, CancellationToken open)
    {
        // It goes with its connection: closing it by itself would wait for a broker that may not answer.
        var channel = await connection.CreateChannelAsync(cancellationToken: open);
        await channel.BasicQosAsync(0, settings.Prefetch, global: false, open);
        var intake = new Intake(channel, deadLetters, clock);
        var tag = await channel.BasicConsumeAsync(queue, autoAck: false, intake, open);
        await using var stop = open.Register(() => _ = CancelAsync(channel, tag, intake));
        while (await intake.Arrived.WaitToReadAsync(CancellationToken.None))
        {
            var batch = new List<Arrival>();
            while (batch.Count < settings.Prefetch && intake.Arrived.TryRead(out var arrival))
            {
                batch.Add(arrival);
            }

            FaultPoints.Reach("after-arrival");
            if (!await StoreAsync(batch, channel, open))
            {
                return;
            }

            FaultPoints.Reach("after-store");
            await channel.BasicAckAsync(batch[^1].Tag, multiple: true, CancellationToken.None);
            FaultPoints.Reach("after-acknowledge");
            wakeUps.Sent([endpoint.Name], delayed: false);
        }
    }

    /// <summary>
    /// Until it is stored, or the channel is gone and the broker delivers it again: a database that is away is no reason to give
    /// messages back. Who is told to stop meanwhile leaves them to the next consumer.
    /// </summary>
    private async Task<bool> StoreAsync(List<Arrival> batch, IChannel channel, CancellationToken open)
    {
        while (channel.IsOpen)
        {
            try
            {
                await StoreAsync(batch);
                return true;
            }
            catch (NpgsqlException e)
            {
                logger.LogWarning(e, "What came from {Queue} cannot be stored; trying again", queue);
                if (open.IsCancellationRequested)
                {
                    return false;
                }

                await Task.Delay(RetryAfter, clock, open).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return false;
    }

    /// <summary>All in one commit; where one of them is at fault, each by itself.</summary>
    private async Task StoreAsync(List<Arrival> batch)
    {
        try
        {
            var fresh = await inbox.StoreAsync(endpoint.Id, batch, CancellationToken.None);
            BridgeTelemetry.Received(endpoint.Name, fresh, batch.Count - fresh);
        }
        catch (PostgresException e) when (Inbox.IsForItsData(e) && batch is [{ } single])
        {
            logger.LogError(e, "The message {Message} from {Queue} goes to the error queue: it cannot be stored as it came", single.Id, queue);
            await inbox.StoreAsync(endpoint.Id, [single.Unstorable(e.MessageText)], CancellationToken.None);
        }
        catch (PostgresException e) when (Inbox.IsForItsData(e))
        {
            foreach (var arrival in batch)
            {
                await StoreAsync([arrival]);
            }
        }
    }

    private async Task CancelAsync(IChannel channel, string tag, Intake intake)
    {
        try
        {
            await channel.BasicCancelAsync(tag);
        }
        catch (Exception e)
        {
            // The broker does not answer any more: what it has pushed it pushes again, to the next consumer.
            logger.LogDebug(e, "The consumer of {Queue} could not be cancelled", queue);
            intake.End();
        }
    }
}
