using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Bus.RabbitMq;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;
using RabbitMQ.Client;

namespace Orders.Tests.Bus.Transport;

/// <summary>A database an endpoint, and a broker between them.</summary>
public sealed class RabbitMqBed(PostgresServer databases, RabbitMqServer broker) : Bed(databases)
{
    private readonly ConcurrentDictionary<string, Task<string>> byEndpoint = new(StringComparer.Ordinal);

    private RabbitMqSettings? settings;

    internal RabbitMqSettings Settings
    {
        get => settings ??= new() { Broker = broker.Url, Prefix = $"test-{Guid.CreateVersion7():N}", ReconnectWithin = TimeSpan.FromSeconds(1) };
        set => settings = value;
    }

    internal async Task<TestBus> StartWithoutBrokerAsync(string endpoint) => await TestBus.StartAsync(
        await DatabaseOfAsync(endpoint), services => services.AddBusEndpoint(endpoint, _ => { }), TestMessages.All);

    internal async Task<IConnection> ConnectAsync() => await new ConnectionFactory { Uri = Settings.Broker }.CreateConnectionAsync();

    /// <summary>Publishes straight to an endpoint's queue, as a stranger might.</summary>
    internal async Task PublishAsync(string endpoint, BasicProperties properties, byte[] body)
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true));
        await channel.BasicPublishAsync("", $"{Settings.Prefix}.{endpoint}", mandatory: true, properties, body);
    }

    private protected override Task<string> DatabaseOfAsync(string endpoint) => byEndpoint.GetOrAdd(endpoint, _ => Databases.CreateDatabaseAsync());

    private protected override void Register(IServiceCollection services) => services.AddRabbitMq(Settings);

    internal override Task DeliverCorruptedAsync(TestBus worker) => PublishAsync(
        "worker",
        new() { MessageId = Guid.CreateVersion7().ToString("D"), Type = "work.do-work; version=1", DeliveryMode = DeliveryModes.Persistent },
        "{\"key\":12"u8.ToArray());

    internal override Task SettleAsync() => broker.SettleAsync();

    internal override Task BreakAsync(TestBus bus) => broker.Kill();
}
