using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Transport;

public abstract class Subscribing(Bed bed) : TransportSuite(bed)
{
    private readonly Recorder<WorkDone> others = new();

    [Fact]
    public async Task Every_endpoint_that_subscribes_hears_an_event_once_however_many_processes_it_has()
    {
        await using var publisher = await Bed.StartAsync("publisher");
        await using var one = await StartSenderAsync();
        await using var oneMore = await StartSenderAsync();
        await using var other = await StartOtherAsync();

        for (var number = 0; number < 200; number++)
        {
            await publisher.Session.Publish(new WorkDone(Guid.CreateVersion7(), number));
        }

        Assert.Equal(Enumerable.Range(0, 200), (await Done.TakeAsync(200)).Select(message => message.Number).Order());
        Assert.Equal(Enumerable.Range(0, 200), (await others.TakeAsync(200)).Select(message => message.Number).Order());
        await IdleAsync(one);
        await IdleAsync(other);
        Assert.Equal(200, Done.All.Count);
        Assert.Equal(200, others.All.Count);
    }

    [Fact]
    public async Task A_subscriber_that_is_added_later_hears_what_is_published_from_then_on()
    {
        await using var publisher = await Bed.StartAsync("publisher");
        await using var early = await StartSenderAsync();
        await publisher.Session.Publish(new WorkDone(Guid.CreateVersion7(), 1));
        await Done.TakeAsync(1);

        await using var late = await StartOtherAsync();
        await publisher.Session.Publish(new WorkDone(Guid.CreateVersion7(), 2));

        Assert.Equal(2, Assert.Single(await Done.TakeAsync(1)).Number);
        Assert.Equal(2, Assert.Single(await others.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task An_event_that_nobody_wants_is_gone_and_holds_up_nothing()
    {
        await using var publisher = await Bed.StartAsync("publisher");

        await publisher.Session.Publish(new WorkDone(Guid.CreateVersion7(), 1));

        await IdleAsync(publisher);
        Assert.Equal(1, await publisher.ScalarAsync<long>("select count(*) from bus.message"));
        Assert.Equal(0, await publisher.ScalarAsync<long>("select count(*) from bus.failed"));
    }

    [Fact]
    public async Task A_message_may_be_deferred_for_longer_than_any_broker_would_keep_it()
    {
        await using var sender = await StartSenderAsync();
        await using var worker = await StartWorkerAsync();
        var options = new SendOptions();
        options.DelayDeliveryWith(TimeSpan.FromDays(60));

        await sender.Session.Send(Work(60), options);
        await sender.Session.Send(Work(0));
        Assert.Equal(0, Assert.Single(await Done.TakeAsync(1)).Number);
        await sender.ExecuteAsync("update bus.clock set shift = interval '61 days'");

        Assert.Equal(60, Assert.Single(await Done.TakeAsync(1)).Number);
    }

    private Task<TestBus> StartOtherAsync() => Bed.StartAsync("other", endpoint => endpoint.On<WorkDone>(others.Add));
}

public sealed class SubscribingOverPostgres(PostgresServer databases) : Subscribing(new PostgresBed(databases));

public sealed class SubscribingOverRabbitMq(PostgresServer databases, RabbitMqServer broker) : Subscribing(new RabbitMqBed(databases, broker));
