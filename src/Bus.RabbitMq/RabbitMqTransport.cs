using Microsoft.Extensions.Logging;
using Orders.Bus.Engine;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>The bridge: what is for other endpoints leaves the outbox through the broker, what comes from it goes into the inbox.</summary>
internal sealed class RabbitMqTransport(
    RabbitMqSettings settings,
    Broker broker,
    Topology topology,
    Dispatcher dispatcher,
    Inbox inbox,
    EndpointCatalogue endpoints,
    WakeUps wakeUps,
    TimeProvider clock,
    ILogger<RabbitMqTransport> logger) : ITransport
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Retention.Check(settings, endpoints.All);
        await broker.TryAsync(cancellationToken);
    }

    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(
        broker.RunAsync("publishing", dispatcher.RunAsync, stopping),
        endpoints.All.Count > 0 ? broker.RunAsync("receiving", ReceiveAsync, stopping) : Task.CompletedTask);

    /// <summary>All of them or none: where one consumer ends, all are set up anew.</summary>
    private async Task ReceiveAsync(IConnection connection, CancellationToken open)
    {
        using var together = CancellationTokenSource.CreateLinkedTokenSource(open);
        var consumers = endpoints.All.SelectMany(endpoint => new[]
        {
            Consume(endpoint, topology.QueueOf(endpoint.Name), deadLetters: false),
            Consume(endpoint, topology.DeadLettersOf(endpoint.Name), deadLetters: true),
        }).ToList();
        await Task.WhenAny(consumers);
        await together.CancelAsync();
        await Task.WhenAll(consumers);
        if (!open.IsCancellationRequested)
        {
            throw new TransportException("RabbitMQ has ended a consumer: its queue was deleted, or its channel closed.");
        }

        Task Consume(EndpointRuntime endpoint, string queue, bool deadLetters) =>
            new Consumer(endpoint, queue, deadLetters, inbox, wakeUps, settings, clock, logger).RunAsync(connection, together.Token);
    }
}
