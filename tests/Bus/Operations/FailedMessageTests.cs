using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Operations;

/// <summary>An endpoint whose handler fails until it is well, and what failed there.</summary>
public abstract class FailedMessageTests(PostgresServer databases) : EngineTests(databases)
{
    private protected Recorder<WorkDone> Done { get; } = new();

    private protected Health State { get; } = new();

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts, and waits until so many messages, numbered from 0, are in the error queue.</summary>
    private protected async Task<TestBus> StartWithFailedAsync(int count)
    {
        var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Services.AddSingleton(State);
                endpoint.Handler<Patient>().Handler<DoneWatcher>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0))
                    .OnConsecutiveFailures(1000, new());
            },
            Done);
        for (var number = 0; number < count; number++)
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>($"select count(*) = {count} from bus.failed"));
        return bus;
    }

    private protected static ErrorQueue Errors(TestBus bus) => bus.Services.GetRequiredService<ErrorQueue>();

    private protected static RetryRuns Runs(TestBus bus) => bus.Services.GetRequiredService<RetryRuns>();

    private protected static Task<List<AuditEntry>> AuditAsync(TestBus bus, Guid? subject = null) =>
        bus.Services.GetRequiredService<AuditTrail>().ListAsync(subject, null, 200, Token);

    private protected static async Task<FailedMessage> OnlyAsync(TestBus bus) =>
        Assert.Single(await Errors(bus).ListAsync(null, null, null, 200, Token));

    internal sealed class Health
    {
        public bool Well { get; set; }
    }

    private sealed class Patient(Health health) : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context) => health.Well
            ? context.Publish(new WorkDone(message.Key, message.Number))
            : throw new InvalidOperationException("Not well yet.");
    }
}
