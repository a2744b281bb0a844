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

    /// <summary>AMQP has no way to say it: <see cref="Publisher.FaultOf"/> says why.</summary>
    Unfit,
}

/// <summary>Publishes in order, with many confirms outstanding.</summary>
internal sealed class Publisher(IChannel channel, uint frameMax, Topology topology, TimeProvider clock)
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
        var properties = Envelope.PropertiesOf(row.Message);
        var key = RoutingKeyOf(row);
        if (Fitting.FaultOf(key, properties, frameMax) is not null)
        {
            return Published.Unfit;
        }

        try
        {
            await channel.BasicPublishAsync(
                row.Destination is null ? topology.Events : "",
                key,
                mandatory: row.Destination is not null,
                properties,
                Envelope.BodyOf(row.Message),
                cancellationToken);
            return Published.Confirmed;
        }
        catch (PublishException e)
        {
            return e.IsReturn ? Published.Unroutable : Published.Refused;
        }
    }

    /// <summary>Why a row is unfit; null where it is not.</summary>
    public string? FaultOf(OutgoingRow row) => Fitting.FaultOf(RoutingKeyOf(row), Envelope.PropertiesOf(row.Message), frameMax);

    private string RoutingKeyOf(OutgoingRow row) => row.Destination is null ? row.Message.Type : topology.QueueOf(row.Destination);
}
