using System.Net;
using System.Net.Sockets;
using Orders.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

public sealed class StartingTests : TransportSuite
{
    private readonly RabbitMqBed bed;

    public StartingTests(PostgresServer databases, RabbitMqServer broker)
        : this(new RabbitMqBed(databases, broker))
    {
    }

    private StartingTests(RabbitMqBed bed)
        : base(bed) => this.bed = bed;

    [Fact]
    public async Task A_queue_with_other_properties_refuses_the_start_and_says_what_to_do()
    {
        await using (var connection = await bed.ConnectAsync())
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.QueueDeclareAsync($"{bed.Settings.Prefix}.worker", durable: true, exclusive: false, autoDelete: false);
        }

        var refused = await Assert.ThrowsAsync<TransportException>(StartWorkerAsync);

        Assert.Contains($"RabbitMQ has '{bed.Settings.Prefix}.worker' with other properties", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Orders:RabbitMq:Prefix", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_virtual_host_refuse_the_start()
    {
        var right = bed.Settings;
        bed.Settings = right with { Broker = new($"amqp://orders:wrong@127.0.0.1:{right.Broker.Port}/") };
        var password = await Assert.ThrowsAsync<TransportException>(StartWorkerAsync);
        bed.Settings = right with { Broker = new(right.Broker, "/nowhere") };
        var virtualHost = await Assert.ThrowsAsync<TransportException>(StartWorkerAsync);

        Assert.Contains("refuses the user 'orders'", password.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", password.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", virtualHost.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_takes_connections_and_says_nothing_is_not_waited_for()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        bed.Settings = bed.Settings with { Broker = new($"amqp://orders:secret@127.0.0.1:{((IPEndPoint)silent.LocalEndpoint).Port}/") };

        await using var sender = await StartSenderAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        // So the outbox is tried again, too: each attempt is another connection.
        for (var attempts = 0; attempts < 3; attempts++)
        {
            using var attempt = await silent.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask()
                .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task An_inbox_that_forgets_before_the_last_retry_refuses_the_start()
    {
        bed.Settings = bed.Settings with { ManualRetryAge = TimeSpan.FromDays(1), InboxRetention = TimeSpan.FromHours(25) };
        await using (await Bed.StartAsync("worker", endpoint => endpoint.Retries(0, delayed: 0)))
        {
            // A day and no delayed retry: 25 hours are enough.
        }

        var refused = await Assert.ThrowsAsync<TransportException>(() => Bed.StartAsync("worker", endpoint => endpoint.Retries(0, delayed: 3)));

        Assert.Contains("endpoint 'worker' may retry a message for", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_messages_wait_for_the_broker_cannot_go_back_to_one_without()
    {
        await using (var sender = await Bed.StartAsync("sender"))
        {
            await sender.Session.Send(Work(1));
        }

        var refused = await Assert.ThrowsAsync<TransportException>(() => bed.StartWithoutBrokerAsync("sender"));

        Assert.Contains("--transport rabbitmq", refused.Message, StringComparison.Ordinal);
    }
}
