using Orders.Tests.Bus.Engine;
using Orders.Tests.Bus.Transport;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Versions;

/// <summary>What a newer process wrote passes through this one.</summary>
public sealed class SideBySideTests(PostgresServer databases) : EngineTests(databases)
{
    private readonly Recorder<WorkDone> done = new();

    [Fact]
    public async Task A_sagas_data_keeps_what_a_newer_process_added()
    {
        await using var bus = await StartAsync(
            endpoint => endpoint.Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData).Handler<DoneWatcher>(), done);
        var key = Guid.CreateVersion7();
        await bus.Session.Publish(new StartProcess(key));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.saga)"));
        await bus.ExecuteAsync("""update bus.saga set data = (data::jsonb || '{"Newer": {"a": [1, "é"]}}')::text""");

        await bus.Session.Publish(new AdvanceProcess(key));
        await bus.Session.Publish(new AdvanceProcess(key));

        Assert.Equal([1, 2], (await done.TakeAsync(2)).Select(one => one.Number));
        Assert.Equal(
            """2 {"a": [1, "é"]}""", await bus.ScalarAsync<string>("select (data::jsonb ->> 'Advances') || ' ' || (data::jsonb ->> 'Newer') from bus.saga"));
        // A fork goes on from what is recorded: it is whole as well.
        Assert.True(await bus.ScalarAsync<bool>("select state = data from bus.history join bus.saga on saga.id = history.saga order by seq desc limit 1"));
    }

    [Fact]
    public async Task A_sagas_data_that_this_process_leaves_as_it_is_is_not_written()
    {
        await using var bus = await StartAsync(
            endpoint => endpoint.Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData).Handler<DoneWatcher>(), done);
        var key = Guid.CreateVersion7();
        await bus.Session.Publish(new StartProcess(key));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.saga)"));
        await bus.ExecuteAsync("""update bus.saga set data = (data::jsonb || '{"Newer": 1}')::text""");

        await bus.Session.Publish(new StartProcess(key));
        await DrainedAsync(bus);

        Assert.Equal(1, await bus.ScalarAsync<int>("select version from bus.saga"));
    }

    [Fact]
    public async Task A_message_that_is_sent_on_keeps_what_a_newer_process_added()
    {
        await using var bus = await StartAsync(
            endpoint => endpoint.On<DoWork>(SendOnAsync).On<WorkDone>(done.Add),
            new Recorder<DoWork>());
        await bus.ExecuteAsync(
            """
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, body)
              values (gen_random_uuid(), 'work.do-work', 1, 'k', 1, gen_random_uuid(),
                '{"Key":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","Number":5,"Newer":[1]}') returning id)
            insert into bus.delivery (endpoint, lane, message)
            select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
            """);

        Assert.Equal(5, Assert.Single(await done.TakeAsync(1)).Number);
        Assert.Equal(2, await bus.ScalarAsync<long>("select count(*) from bus.message where type = 'work.do-work' and body::jsonb ->> 'Newer' = '[1]'"));
    }

    private static Task SendOnAsync(DoWork message, IMessageHandlerContext context)
    {
        if (context.MessageHeaders.ContainsKey("sent-on"))
        {
            return context.Publish(new WorkDone(message.Key, message.Number));
        }

        var options = new SendOptions();
        options.RouteToThisEndpoint();
        options.SetHeader("sent-on", "yes");
        return context.Send(message, options);
    }
}
