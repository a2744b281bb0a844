using Orders.Bus.Engine;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Orders.Bus.RabbitMq;

/// <summary>
/// Names and declarations at the broker: one direct exchange for events, bound by wire name; a quorum queue an endpoint, which
/// commands reach through the default exchange; beside it the queue of what the broker gave up. Bindings of events that an
/// endpoint no longer handles are left alone: an older process of it may still need them.
/// </summary>
internal sealed class Topology(RabbitMqSettings settings, EndpointCatalogue endpoints, MessageRegistry registry)
{
    public string Events { get; } = $"{settings.Prefix}.events";

    public string QueueOf(string endpoint) => $"{settings.Prefix}.{endpoint}";

    public string DeadLettersOf(string endpoint) => $"{settings.Prefix}.{endpoint}.dead-letters";

    /// <exception cref="TransportException">The broker has one of them with other properties.</exception>
    public async Task DeclareAsync(IConnection connection, CancellationToken cancellationToken)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        await DeclaredAsync(Events, () => channel.ExchangeDeclareAsync(Events, ExchangeType.Direct, durable: true, autoDelete: false, cancellationToken: cancellationToken));
        foreach (var endpoint in endpoints.All)
        {
            await QueueAsync(channel, DeadLettersOf(endpoint.Name), [], cancellationToken);
            await QueueAsync(channel, QueueOf(endpoint.Name), Reliable(endpoint.Name), cancellationToken);
            foreach (var type in registry.EventsOf(endpoint))
            {
                await channel.QueueBindAsync(QueueOf(endpoint.Name), Events, type, cancellationToken: cancellationToken);
            }
        }
    }

    // One consumer at a time, so that a key's messages keep their order however many processes host the endpoint; the next
    // takes over when it goes. Dead letters leave the queue only once the other has them, which needs reject-publish.
    private Dictionary<string, object?> Reliable(string endpoint) => new(StringComparer.Ordinal)
    {
        ["x-single-active-consumer"] = true,
        ["x-delivery-limit"] = settings.DeliveryLimit,
        ["x-dead-letter-exchange"] = "",
        ["x-dead-letter-routing-key"] = DeadLettersOf(endpoint),
        ["x-dead-letter-strategy"] = "at-least-once",
        ["x-overflow"] = "reject-publish",
    };

    private static Task QueueAsync(IChannel channel, string name, Dictionary<string, object?> arguments, CancellationToken cancellationToken)
    {
        arguments["x-queue-type"] = "quorum";
        return DeclaredAsync(name, () => channel.QueueDeclareAsync(
            name, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: cancellationToken));
    }

    private static async Task DeclaredAsync(string name, Func<Task> declare)
    {
        try
        {
            await declare();
        }
        catch (OperationInterruptedException e) when (e.ShutdownReason?.ReplyCode == Constants.PreconditionFailed)
        {
            throw new TransportException(
                $"RabbitMQ has '{name}' with other properties ({e.ShutdownReason.ReplyText}). Give Orders:RabbitMq:Prefix another value, or drain "
                + $"and delete it (rabbitmqctl delete_queue --if-empty {name}) and start again.",
                e);
        }
    }
}
