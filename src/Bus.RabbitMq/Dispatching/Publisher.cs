using Orders.Bus.Engine;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orders.Bus.RabbitMq;

/// <summary>What became of one message.</summary>
internal enum Published
{
    /// <summary>The broker has it, on disk, or it is an event that nobody wants.</summary>
    Confirmed,

    /// <summary>There is no queue for it.</summary>
    Unroutable,

    /// <summary>The broker could not take it now.</summary>
    Refused,
}

/// <summary>Publishes in order, with many confirms outstanding.</summary>
internal sealed class Publisher(IChannel channel, Topology topology)
{
    public static CreateChannelOptions ChannelOptions { get; } =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <exception cref="Exception">The channel or its connection broke: nothing is known of what was not confirmed.</exception>
    public Task<Published[]> PublishAsync(IReadOnlyList<OutgoingRow> rows, CancellationToken cancellationToken)
    {
        // Each call hands its message over before it waits for the confirm, first come, first served: the order is kept.
        var confirms = new Task<Published>[rows.Count];
        for (var i = 0; i < confirms.Length; i++)
        {
            confirms[i] = PublishAsync(rows[i], cancellationToken);
        }

        return Task.WhenAll(confirms);
    }

    private async Task<Published> PublishAsync(OutgoingRow row, CancellationToken cancellationToken)
    {
        var (exchange, key) = row.Destination is null ? (topology.Events, row.Message.Type) : ("", topology.QueueOf(row.Destination));
        try
        {
            await channel.BasicPublishAsync(
                exchange,
                key,
                mandatory: row.Destination is not null,
                Envelope.PropertiesOf(row.Message),
                Envelope.BodyOf(row.Message),
                cancellationToken);
            return Published.Confirmed;
        }
        catch (PublishException e)
        {
            return e.IsReturn ? Published.Unroutable : Published.Refused;
        }
    }
}
