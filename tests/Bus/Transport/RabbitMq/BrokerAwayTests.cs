using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport.RabbitMq;

/// <summary>With a broker of its own, which suffers.</summary>
public sealed class BrokerAwayTests : LosingConnections, IAsyncLifetime
{
    private readonly RabbitMqServer broker;

    public BrokerAwayTests(PostgresServer databases)
        : this(databases, new())
    {
    }

    private BrokerAwayTests(PostgresServer databases, RabbitMqServer broker)
        : base(new RabbitMqBed(databases, broker)) => this.broker = broker;

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Processes_start_and_send_while_the_broker_is_away_and_catch_up_when_it_is_back()
    {
        var back = broker.Kill();
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        await sender.Session.Send(Work(1));
        Assert.False(back.IsCompleted, "The broker was back too soon for this test to tell anything.");
        await back;

        Assert.Equal(1, Assert.Single(await Done.TakeAsync(1)).Number);
        await IdleAsync(sender);
    }

    [Fact]
    public async Task A_broker_that_is_short_of_memory_only_delays()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        await sender.Session.Send(Work(1));
        await Done.TakeAsync(1);

        await broker.ControlAsync("set_vm_memory_high_watermark", "absolute", "1");
        // What it gets first makes it stop reading.
        await sender.Session.Send(Work(2));
        await broker.ControlAsync("list_connections", "state");
        await sender.Session.Send(Work(3));
        await broker.ControlAsync("list_connections", "state");
        Assert.True(await sender.ScalarAsync<bool>("select exists (select from bus.outgoing)"), "It was not short of memory.");
        await broker.ControlAsync("set_vm_memory_high_watermark", "0.6");

        Assert.Equal([2, 3], (await Done.TakeAsync(2)).Select(message => message.Number));
        await IdleAsync(sender);
    }
}
