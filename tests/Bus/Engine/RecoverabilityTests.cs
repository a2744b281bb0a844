using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class RecoverabilityTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task A_message_that_throws_holds_up_no_other_and_ends_in_the_error_queue()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<Worker>().Handler<DoneWatcher>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(1)).Delayed(d => d.NumberOfRetries(0));
            },
            done);

        for (var number = -1; number < 50; number++)
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        Assert.Equal(50, (await done.TakeAsync(50)).Count);
        await DrainedAsync(bus);
        Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.failed where attempts = 2 and reason like 'Negative%'"));
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.message where body like '%-1}' and type = 'work.work-done'"));
    }

    [Fact]
    public async Task A_delayed_retry_comes_back_when_it_is_due_by_the_databases_clock()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<FailsFirst>().Handler<DoneWatcher>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(1).TimeIncrease(TimeSpan.FromHours(1)));
            },
            done);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 7));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.delayed)"));
        await bus.ExecuteAsync("update bus.clock set shift = interval '61 minutes'");

        Assert.Equal(7, Assert.Single(await done.TakeAsync(1)).Number);
    }

    [Fact]
    public async Task A_malformed_message_goes_to_the_error_queue_at_once()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await bus.ExecuteAsync(
            """
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, body)
              values (gen_random_uuid(), 'work.do-work', 1, 'k', 1, gen_random_uuid(), '{"key":12') returning id)
            insert into bus.delivery (endpoint, lane, message)
            select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
            """);

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where attempts = 1 and reason like '%malformed%')"));
        await DrainedAsync(bus);
    }
}
