using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Activities;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class PostgresEngineTests(PostgresServer databases)
{
    [Fact]
    public async Task A_command_is_handled_once_and_its_event_reaches_its_subscriber()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        for (var number = 0; number < 500; number++)
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        var seen = await done.TakeAsync(500);
        Assert.Equal(Enumerable.Range(0, 500), seen.Select(message => message.Number).Order());
        await DrainedAsync(bus);
        Assert.Equal(1000, await bus.ScalarAsync<long>("select count(*) from bus.message"));
    }

    [Fact]
    public async Task One_keys_messages_are_handled_in_the_order_they_were_sent()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);
        var key = Guid.CreateVersion7();

        for (var number = 0; number < 200; number++)
        {
            await bus.Session.Send(new DoWork(key, number));
        }

        Assert.Equal(Enumerable.Range(0, 200), (await done.TakeAsync(200)).Select(message => message.Number));
    }

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

    [Fact]
    public async Task A_saga_keeps_its_state_between_messages_and_its_timeouts_end_with_it()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(
            endpoint => endpoint.Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData).Handler<DoneWatcher>(), done);
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
        await using var bus = await StartAsync(
            endpoint => endpoint.Saga<CountingSaga, CountingSagaData>(TestJson.Default.CountingSagaData).Handler<DoneWatcher>(), done);

        await bus.Session.Publish(new StartProcess(Guid.CreateVersion7()));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.delayed)"));
        await bus.ExecuteAsync("update bus.clock set shift = interval '61 minutes'");

        Assert.Equal(-1, Assert.Single(await done.TakeAsync(1)).Number);
    }

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

        await bus.ExecuteAsync(
            """
            with message as (
              insert into bus.message (id, type, version, key, intent, conversation, body)
              values (gen_random_uuid(), 'work.call-outside', 1, 'k', 1, gen_random_uuid(),
                '{"Key":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","Number":5}') returning id)
            insert into bus.activity (message, endpoint, destination, due_at, holder, attempts)
            select message.id, endpoint.id, 'outside', bus.now() + interval '1 hour', 999999, 1
            from message, bus.endpoint where name = 'worker'
            """);

        Assert.Equal(5, Assert.Single(await done.TakeAsync(1)).Number);
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

    [Fact]
    public async Task Many_messages_commit_together()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await bus.Services.GetRequiredService<ITransactions>().RunAsync(
            "worker",
            async transaction =>
            {
                for (var number = 0; number < 200; number++)
                {
                    await transaction.Send(new DoWork(Guid.CreateVersion7(), number));
                }
            },
            TestContext.Current.CancellationToken);

        await done.TakeAsync(200);
        await DrainedAsync(bus);
        Assert.InRange(await bus.ScalarAsync<long>("select count(distinct xmin::text) from bus.message where type = 'work.work-done'"), 1, 8);
    }

    [Fact]
    public async Task What_a_failing_transaction_sent_never_leaves()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bus.Services.GetRequiredService<ITransactions>().RunAsync(
            "worker",
            async transaction =>
            {
                await transaction.Send(new DoWork(Guid.CreateVersion7(), 1));
                throw new InvalidOperationException("The work fails after the send.");
            },
            TestContext.Current.CancellationToken));

        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.message"));
    }

    [Fact]
    public async Task Two_processes_share_one_endpoint_and_handle_everything_once()
    {
        var database = await databases.CreateDatabaseAsync();
        var done = new Recorder<WorkDone>();
        await using var first = await StartOnAsync(database, endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);
        await using var second = await StartOnAsync(database, endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number =>
            (number % 2 == 0 ? first : second).Session.Send(new DoWork(Guid.CreateVersion7(), number))));

        Assert.Equal(Enumerable.Range(0, 1000), (await done.TakeAsync(1000)).Select(message => message.Number).Order());
        await DrainedAsync(first);
        Assert.Equal(1000, done.All.Count);
    }

    private async Task<TestBus> StartAsync<T>(Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) =>
        await StartOnAsync(await databases.CreateDatabaseAsync(), configure, recorder, calls);

    private static Task<TestBus> StartOnAsync<T>(
        string database, Action<EndpointConfiguration> configure, Recorder<T> recorder, Calls? calls = null) => TestBus.StartAsync(
        database,
        services =>
        {
            services.AddSingleton(recorder);
            services.AddSingleton(calls ?? new Calls());
            services.AddBusEndpoint("worker", configure);
        },
        TestMessages.All);

    private static Task DrainedAsync(TestBus bus) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        "select not exists (select from bus.delivery) and not exists (select from bus.activity)"));

    internal sealed class Worker : IHandleMessages<DoWork>
    {
        public async Task Handle(DoWork message, IMessageHandlerContext context)
        {
            await context.Publish(new WorkDone(message.Key, message.Number));
            if (message.Number < 0)
            {
                throw new InvalidOperationException("Negative numbers cannot be worked on. Send zero or more.");
            }
        }
    }

    internal sealed class FailsFirst : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context) => context.MessageHeaders.ContainsKey(Headers.DelayedRetries)
            ? context.Publish(new WorkDone(message.Key, message.Number))
            : throw new InvalidOperationException("The first attempt fails.");
    }

    internal sealed class DoneWatcher(Recorder<WorkDone> done) : IHandleMessages<WorkDone>
    {
        public Task Handle(WorkDone message, IMessageHandlerContext context)
        {
            done.Add(message);
            return Task.CompletedTask;
        }
    }

    internal sealed class CallRequester : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context) => context.SendLocal(new CallOutside(message.Key, message.Number));
    }

    internal sealed class AnswerWatcher(Recorder<OutsideAnswered> done) : IHandleMessages<OutsideAnswered>
    {
        public Task Handle(OutsideAnswered message, IMessageHandlerContext context)
        {
            done.Add(message);
            return Task.CompletedTask;
        }
    }

    internal sealed class Calls
    {
        public Func<CallOutside, ActivityAttempt, Task<object>> Run { get; set; } = (request, _) =>
            Task.FromResult<object>(new OutsideAnswered(request.Key, request.Number));
    }

    internal sealed class OutsideCall(Calls calls) : IActivity<CallOutside>
    {
        public Task<object> ExecuteAsync(CallOutside request, ActivityAttempt attempt, CancellationToken cancellationToken) =>
            calls.Run(request, attempt);

        public object GiveUp(CallOutside request, ActivityAttempt attempt) => new OutsideAnswered(request.Key, -1);
    }
}
