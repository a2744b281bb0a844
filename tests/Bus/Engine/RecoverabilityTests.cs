using Microsoft.Extensions.DependencyInjection;
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
    public async Task A_statement_that_takes_too_long_is_its_messages_fault()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartMistreatedAsync(done, "select pg_sleep(60)", times: 2);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like '%command timeout%')"));
        await DrainedAsync(bus);
        Assert.Empty(done.All);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_nobodys_fault()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartMistreatedAsync(done, "select pg_terminate_backend(pg_backend_pid())", times: 3);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        Assert.Equal(1, Assert.Single(await done.TakeAsync(1)).Number);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.failed"));
    }

    [Fact]
    public async Task Whatever_an_exception_says_its_message_reaches_the_error_queue()
    {
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<ThrowsUnstorableText>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
            },
            new Recorder<WorkDone>());

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like 'A zero % and half a pair %')"));
        await DrainedAsync(bus);
    }

    private async Task<TestBus> StartMistreatedAsync(Recorder<WorkDone> done, string sql, int times) => await StartAsync(
        endpoint =>
        {
            endpoint.Services.AddSingleton(new Mistreatment(sql, times));
            endpoint.Handler<MistreatsItsConnection>().Handler<DoneWatcher>();
            endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
        },
        done);

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
