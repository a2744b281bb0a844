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
internal sealed class Publisher(IChannel channel, Topology topology, TimeProvider clock)
{
    /// <summary>Long beside any disk; a broker that has just come back may forget a confirm.</summary>
    private static readonly TimeSpan ConfirmsWithin = TimeSpan.FromSeconds(15);

    public static CreateChannelOptions ChannelOptions { get; } =
        new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

    /// <exception cref="Exception">
    /// The channel or its connection broke, or confirms stay out: nothing is known of what was not confirmed.
    /// </exception>
    public async Task<Published[]> PublishAsync(IReadOnlyList<OutgoingRow> rows, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConfirmsWithin, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // Each call hands its message over before it waits for the confirm, first come, first served: the order is kept.
        var confirms = new Task<Published>[rows.Count];
        for (var i = 0; i < confirms.Length; i++)
        {
            confirms[i] = PublishAsync(rows[i], either.Token);
        }

        try
        {
            return await Task.WhenAll(confirms);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TransportException($"{rows.Count} messages were not confirmed within {ConfirmsWithin.TotalSeconds} s; they are published again.", e);
        }
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
