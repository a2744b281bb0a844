using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Recoverability;

public sealed class ErrorHandlingTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public Task A_policy_that_throws_sends_its_message_to_the_error_queue_with_both_faults() =>
        FailsForGoodAsync((_, _) => throw new TimeoutException("The policy is at a loss."), "Negative%The policy is at a loss.");

    [Fact]
    public Task A_policy_that_answers_nothing_does_as_well() => FailsForGoodAsync((_, _) => null!, "Negative%answered null%");

    [Fact]
    public Task A_delay_that_no_timestamp_can_hold_does_as_well() =>
        FailsForGoodAsync((_, _) => RecoverabilityAction.DelayedRetry(TimeSpan.MinValue), "Negative%error handling of 'worker' failed as well%");

    [Fact]
    public async Task An_exception_that_cannot_say_what_is_wrong_is_named_by_its_type()
    {
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<Mumbler>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
            },
            new Recorder<WorkDone>());

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like '%MumbledException was thrown%')"));
        await DrainedAsync(bus);
    }

    [Fact]
    public async Task Each_endpoint_has_settings_of_its_own()
    {
        await using var bus = await TestBus.StartAsync(
            await Databases.CreateDatabaseAsync(),
            services =>
            {
                foreach (var (name, retries) in new[] { ("patient", 3), ("hasty", 0) })
                {
                    services.AddBusEndpoint(name, endpoint =>
                    {
                        endpoint.Handler<Refuses>();
                        endpoint.Recoverability.Immediate(i => i.NumberOfRetries(retries)).Delayed(d => d.NumberOfRetries(0));
                    });
                }
            },
            TestMessages.All);

        await bus.Session.Publish(new StartProcess(Guid.CreateVersion7()));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select count(*) = 2 from bus.failed"));
        Assert.Equal(
            "hasty 1, patient 4",
            await bus.ScalarAsync<string>("select string_agg(name || ' ' || attempts, ', ' order by name) from bus.failed join bus.endpoint on endpoint.id = failed.endpoint"));
    }

    private async Task FailsForGoodAsync(Func<RecoverabilityConfig, ErrorContext, RecoverabilityAction> policy, string reason)
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<Worker>().Handler<DoneWatcher>();
                endpoint.Recoverability.CustomPolicy(policy);
            },
            done);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), -1));
        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        Assert.Equal(1, Assert.Single(await done.TakeAsync(1)).Number);
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>($"select exists (select from bus.failed where attempts = 1 and reason like $${reason}$$)"));
        await DrainedAsync(bus);
    }

    private sealed class Refuses : IHandleMessages<StartProcess>
    {
        public Task Handle(StartProcess message, IMessageHandlerContext context) => throw new InvalidOperationException("No.");
    }

    private sealed class Mumbler : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context) => throw new MumbledException();
    }

    private sealed class MumbledException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string ToString() => throw new NotSupportedException();
    }
}
