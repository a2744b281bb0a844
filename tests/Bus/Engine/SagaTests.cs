using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class SagaTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task A_saga_keeps_its_state_between_messages_and_its_timeouts_end_with_it()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartCountingAsync(done);
        var key = Guid.CreateVersion7();

        await bus.Session.Publish(new StartProcess(key));
        for (var i = 0; i < 3; i++)
        {
            await bus.Session.Publish(new AdvanceProcess(key));
        }

        Assert.Equal([1, 2, 3], (await done.TakeAsync(3)).Select(message => message.Number));
        await DrainedAsync(bus);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.saga"));
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.delayed"));
    }

    [Fact]
    public async Task A_timeout_finds_its_saga_when_it_is_due()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartCountingAsync(done);

        await bus.Session.Publish(new StartProcess(Guid.CreateVersion7()));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.delayed)"));
        await bus.ExecuteAsync("update bus.clock set shift = interval '61 minutes'");

        Assert.Equal(-1, Assert.Single(await done.TakeAsync(1)).Number);
    }

    [Theory]
    [InlineData("Orders.Elsewhere.ForgottenSaga", "01a1fdea-d3ea-7e7e-8819-9c5f0df49778", "no saga 'Orders.Elsewhere.ForgottenSaga'")]
    [InlineData("CountingSaga", "nobody", "names no instance")]
    public async Task A_timeout_for_no_saga_goes_to_the_error_queue_at_once(string saga, string id, string reason)
    {
        await using var bus = await StartCountingAsync(new());

        await bus.ExecuteAsync(
            $$"""
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, headers, body)
              values (gen_random_uuid(), 'work.process-timeout', 1, 'k', 0, gen_random_uuid(),
                '{"{{Headers.IsSagaTimeoutMessage}}":"True","{{Headers.SagaType}}":"{{saga}}","{{Headers.SagaId}}":"{{id}}"}',
                '{"Key":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778"}') returning id)
            insert into bus.delivery (endpoint, lane, message)
            select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
            """);

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>($"select exists (select from bus.failed where attempts = 1 and strpos(reason, $${reason}$$) > 0)"));
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task A_timeout_of_an_earlier_version_with_the_sagas_full_name_finds_it()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartCountingAsync(done);

        await bus.Session.Publish(new StartProcess(Guid.CreateVersion7()));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.delayed)"));
        await bus.ExecuteAsync(
            """
            update bus.message set headers = replace(headers, '"CountingSaga"', '"Orders.Earlier.CountingSaga"') where headers like '%"CountingSaga"%';
            update bus.clock set shift = interval '61 minutes'
            """);

        Assert.Equal(-1, Assert.Single(await done.TakeAsync(1)).Number);
    }

    private async Task<TestBus> StartCountingAsync(Recorder<WorkDone> done) => await StartAsync(
        endpoint => endpoint.Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData).Handler<DoneWatcher>(), done);

    [Fact]
    public async Task A_completed_saga_that_is_kept_swallows_what_would_start_it_again()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(
            endpoint => endpoint
                .Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData, TimeSpan.FromDays(1))
                .Handler<DoneWatcher>(),
            done);
        var key = Guid.CreateVersion7();

        await bus.Session.Publish(new StartProcess(key));
        for (var i = 0; i < 3; i++)
        {
            await bus.Session.Publish(new AdvanceProcess(key));
        }

        await done.TakeAsync(3);
        await bus.Session.Publish(new StartProcess(key));
        await bus.Session.Publish(new AdvanceProcess(key));
        await DrainedAsync(bus);
        Assert.Equal(3, done.All.Count);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.delayed"));
    }
}
