using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Recoverability;

public sealed class RateLimitTests(PostgresServer databases) : EngineTests(databases)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(47);

    private readonly HoldingClock clock = new(Wait);
    private readonly Recorder<WorkDone> done = new();
    private readonly Outage outage = new();
    private readonly Recorder<string> told = new();

    [Fact]
    public async Task An_endpoint_that_only_fails_makes_one_attempt_a_wait_until_one_succeeds()
    {
        await using var bus = await StartAsync(endpoint => endpoint.Handler<NeedsOutside>());
        for (var number = 0; number < 20; number++)
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        var goOn = await clock.NextAsync();
        Assert.Equal(["started"], told.All);
        var before = outage.Attempts;
        for (var round = 1; round <= 3; round++)
        {
            goOn();
            goOn = await clock.NextAsync();
            Assert.Equal(before + round, outage.Attempts);
        }

        outage.Over = true;
        goOn();
        Assert.InRange((await done.TakeAsync(17)).Count, 17, 20);
        await DrainedAsync(bus);
        Assert.Equal(["started", "ended"], told.All);
    }

    [Fact]
    public async Task A_message_that_nobody_can_read_slows_nobody_down()
    {
        outage.Over = true;
        await using var bus = await StartAsync(endpoint => endpoint.Handler<NeedsOutside>());
        for (var number = 0; number < 5; number++)
        {
            await bus.ExecuteAsync(
                """
                with message as (
                  insert into bus.message (id, type, version, key, intent, conversation, body)
                  values (gen_random_uuid(), 'work.do-work', 1, 'k', 1, gen_random_uuid(), 'no json') returning id)
                insert into bus.delivery (endpoint, lane, message)
                select endpoint.id, 0, message.id from message, bus.endpoint where name = 'worker'
                """);
        }

        await DrainedAsync(bus);
        Assert.Empty(told.All);
    }

    [Fact]
    public async Task An_endpoint_whose_database_goes_away_waits_and_recovers_by_itself()
    {
        await using var bus = await StartAsync(endpoint =>
        {
            endpoint.Services.AddSingleton(new Mistreatment("select pg_terminate_backend(pg_backend_pid())", times: 5));
            endpoint.Handler<MistreatsItsConnection>();
        });
        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        for (var attempt = 3; attempt <= 5; attempt++)
        {
            Assert.Empty(done.All);
            (await clock.NextAsync())();
        }

        Assert.Single(await done.TakeAsync(1));
        Assert.Equal(["started", "ended"], told.All);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.failed"));
    }

    [Fact]
    public async Task Stopping_waits_for_no_rate_limit()
    {
        await using (var bus = await StartAsync(endpoint => endpoint.Handler<NeedsOutside>()))
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));
            await clock.NextAsync();
        }

        // Its batch's and three of its own.
        Assert.Equal(4, outage.Attempts);
    }

    private async Task<TestBus> StartAsync(Action<EndpointConfiguration> configure) => await StartAsync(
        endpoint =>
        {
            endpoint.Services.AddSingleton(outage);
            endpoint.Services.AddSingleton<TimeProvider>(clock);
            configure(endpoint);
            endpoint.Handler<DoneWatcher>();
            endpoint.Recoverability.Immediate(i => i.NumberOfRetries(100))
                .OnConsecutiveFailures(3, new(Wait, _ => Tell("started"), _ => Tell("ended")));
        },
        done);

    private Task Tell(string what)
    {
        told.Add(what);
        return Task.CompletedTask;
    }

    internal sealed class Outage
    {
        private int attempts;

        public bool Over { get; set; }

        public int Attempts => attempts;

        public void Attempt()
        {
            Interlocked.Increment(ref attempts);
            if (!Over)
            {
                throw new TimeoutException("What this needs is away.");
            }
        }
    }

    private sealed class NeedsOutside(Outage outage) : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context)
        {
            outage.Attempt();
            return context.Publish(new WorkDone(message.Key, message.Number));
        }
    }
}
