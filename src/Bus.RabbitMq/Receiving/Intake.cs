using System.Globalization;
using System.Text;
using System.Threading.Channels;
using Orders.Bus.Storage;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace Orders.Bus.RabbitMq;

/// <summary>Takes what the broker pushes and keeps it until it is stored. The prefetch bounds it.</summary>
internal sealed class Intake(IChannel channel, bool deadLetters, TimeProvider clock) : AsyncDefaultBasicConsumer(channel)
{
    private readonly Channel<Arrival> arrived = System.Threading.Channels.Channel.CreateUnbounded<Arrival>(new() { SingleReader = true });

    /// <summary>Ends when the consumer was cancelled, or its channel is closed.</summary>
    public ChannelReader<Arrival> Arrived => arrived.Reader;

    public void End() => arrived.Writer.TryComplete();

    public override Task HandleBasicDeliverAsync(
        string consumerTag, ulong deliveryTag, bool redelivered, string exchange, string routingKey, IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        // Read here: the bytes are the client's again once this returns.
        var arrival = ArrivalReader.Read(deliveryTag, properties, body.Span, clock.GetUtcNow());
        arrived.Writer.TryWrite(deadLetters ? arrival with { Fault = arrival.Fault ?? DeathOf(properties) } : arrival);
        return Task.CompletedTask;
    }

    public override Task HandleChannelShutdownAsync(object channel, ShutdownEventArgs reason)
    {
        End();
        return base.HandleChannelShutdownAsync(channel, reason);
    }

    protected override Task OnCancelAsync(string[] consumerTags, CancellationToken cancellationToken = default)
    {
        End();
        return base.OnCancelAsync(consumerTags, cancellationToken);
    }

    private static string DeathOf(IReadOnlyBasicProperties properties)
    {
        var reason = properties.Headers?.TryGetValue("x-first-death-reason", out var said) is true && said is byte[] bytes
            ? StoredText.Of(Encoding.UTF8.GetString(bytes))
            : "it says not why";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"RabbitMQ gave the message up: {reason}. Its deliveries ended without an acknowledgement time and again; see why this process lost its broker or ended, then retry.");
    }
}
