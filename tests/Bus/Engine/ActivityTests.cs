using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class ActivityTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task No_transaction_is_open_while_an_activity_runs()
    {
        var done = new Recorder<OutsideAnswered>();
        var calls = new Calls();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>()
                .Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }),
            done,
            calls);
        // The membership's connection looks around each second in statements of its own; a transaction that stays open is another matter.
        calls.Run = async (request, _) =>
        {
            await Eventually.TrueAsync(async () => await bus.ScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state like 'idle in transaction%'") == 0);
            return new OutsideAnswered(request.Key, request.Number);
        };

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 3));

        Assert.Equal(3, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task An_activity_whose_answer_is_unknown_is_asked_again()
    {
        var done = new Recorder<OutsideAnswered>();
        var calls = new Calls { Run = (request, attempt) => attempt.Number < 3 ? throw new TimeoutException("no answer") : Task.FromResult<object>(new OutsideAnswered(request.Key, attempt.Number)) };
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>()
                .Activity<CallOutside, OutsideCall>(new() { Destination = "outside", FirstBackoff = TimeSpan.FromMilliseconds(10) }),
            done,
            calls);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 0));

        Assert.Equal(3, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task The_work_of_a_process_that_died_is_taken_up_long_before_its_lease_ends()
    {
        var done = new Recorder<OutsideAnswered>();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<AnswerWatcher>().Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }), done);

        await LeaveCallAsync(bus, "outside", number: 5);

        Assert.Equal(5, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task A_request_that_cannot_be_read_is_set_aside_and_holds_up_no_other()
    {
        var done = new Recorder<OutsideAnswered>();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>()
                .Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }),
            done);

        await bus.ExecuteAsync(
            """
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, body)
              values (gen_random_uuid(), 'work.call-outside', 1, 'k', 1, gen_random_uuid(), '{"Key":7}') returning id)
            insert into bus.activity (message, endpoint, destination, due_at, attempts)
            select message.id, endpoint.id, 'outside', bus.now(), 0 from message, bus.endpoint where name = 'worker'
            """);
        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 4));

        Assert.Equal(4, Assert.Single(await done.TakeAsync(1)).Number);
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like '%malformed%')"));
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task An_answer_counts_only_while_the_lease_of_that_attempt_is_held()
    {
        var done = new Recorder<OutsideAnswered>();
        var calls = new Calls();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>()
                .Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }),
            done,
            calls);
        calls.Run = async (request, attempt) =>
        {
            if (attempt.Number == 1)
            {
                // Another process takes the lease away, and dies in its turn.
                await bus.ExecuteAsync("update bus.activity set holder = 999999, attempts = attempts + 1, due_at = bus.now() + interval '1 hour'");
            }

            return new OutsideAnswered(request.Key, attempt.Number);
        };

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 0));

        Assert.Equal(3, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
        Assert.Single(done.All);
    }
}
