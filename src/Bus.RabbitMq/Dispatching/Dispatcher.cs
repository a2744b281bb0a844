using Microsoft.Extensions.Logging;
using Npgsql;
using Orders.Bus.Engine;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>Empties the outbox into the broker: read in order, publish, wait for the confirms, delete.</summary>
internal sealed class Dispatcher(
    NpgsqlDataSource source, DispatcherLease lease, Topology topology, WakeUps wakeUps, RabbitMqSettings settings, TimeProvider clock, ILogger<Dispatcher> logger)
{
    private const int BatchSize = 1_000;

    private readonly RestingDestinations resting = new(clock);

    /// <summary>Runs until the connection ends. Rows whose confirm has not come are published again: their duplicates are dropped.</summary>
    public async Task RunAsync(IConnection connection, CancellationToken open)
    {
        // It goes with its connection: closing it by itself would wait for a broker that may not answer.
        var channel = await connection.CreateChannelAsync(Publisher.ChannelOptions, open);
        var publisher = new Publisher(channel, connection.FrameMax, topology, clock);
        var pace = new BatchPace(clock);
        try
        {
            while (true)
            {
                pace.Begin();
                if (await TryDispatchAsync(publisher, open) is > 0 and var count)
                {
                    await pace.WaitAsync(count, open);
                }
                else
                {
                    await wakeUps.Of(WakeUps.Outgoing).WaitAsync(TimeSpan.FromSeconds(1), open);
                }
            }
        }
        finally
        {
            await lease.ReleaseAsync();
        }
    }

    private async Task<int> TryDispatchAsync(Publisher publisher, CancellationToken open)
    {
        try
        {
            return await DispatchAsync(publisher, open);
        }
        catch (NpgsqlException e)
        {
            logger.LogWarning(e, "The outbox cannot be read; trying again");
            return 0;
        }
    }

    /// <returns>How many left.</returns>
    private async Task<int> DispatchAsync(Publisher publisher, CancellationToken open)
    {
        if (!await lease.HoldAsync(open))
        {
            return 0;
        }

        var rows = await Outgoing.ReadAsync(source, lease.Holder, resting.Now, BatchSize, open);
        if (rows.Count == 0)
        {
            return 0;
        }

        var published = await publisher.PublishAsync(rows, open);
        FaultPoints.Reach("after-publish");
        var confirmed = rows.Where((_, i) => published[i] == Published.Confirmed).ToList();
        var unroutable = rows.Where((_, i) => published[i] == Published.Unroutable).ToList();
        BridgeTelemetry.Published(confirmed.Count, unroutable.Count);
        await Outgoing.DeleteAsync(source, [.. confirmed.Select(row => row.Message.Seq)], open);
        FaultPoints.Reach("after-departure");
        foreach (var destination in confirmed.Select(row => row.Destination).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            resting.Reached(destination);
        }

        foreach (var refused in unroutable.GroupBy(row => row.Destination!, StringComparer.Ordinal))
        {
            await RefuseAsync(refused.Key, [.. refused.Select(row => row.Message.Seq)], open);
        }

        var unfit = rows.Where((_, i) => published[i] == Published.Unfit).ToList();
        foreach (var row in unfit)
        {
            await SetAsideAsync(row, publisher.FaultOf(row)!, open);
        }

        return confirmed.Count + unfit.Count;
    }

    /// <summary>No broker will ever take it: it must not hold up those behind it.</summary>
    private async Task SetAsideAsync(OutgoingRow row, string reason, CancellationToken cancellationToken)
    {
        await Outgoing.RefuseAsync(source, [row.Message.Seq], reason, TimeSpan.Zero, clock.GetUtcNow(), cancellationToken);
        logger.LogError("The message {Message} for {Destination} is in the error queue: {Reason}", row.Message.Id, row.Destination ?? "everybody", reason);
    }

    private async Task RefuseAsync(string destination, long[] seqs, CancellationToken cancellationToken)
    {
        resting.Refused(destination);
        var reason = $"RabbitMQ has no queue '{topology.QueueOf(destination)}': no process of endpoint '{destination}' has ever started there, or its "
            + "queue was deleted. Start one, then retry; or check the destination.";
        var failed = await Outgoing.RefuseAsync(source, seqs, reason, settings.UnroutableFor, clock.GetUtcNow(), cancellationToken);
        if (failed > 0)
        {
            logger.LogError("{Count} commands for {Destination} are in the error queue: {Reason}", failed, destination, reason);
        }
        else
        {
            logger.LogWarning("{Count} commands for {Destination} wait: {Reason}", seqs.Length, destination, reason);
        }
    }
}
