using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Tests.Bus.Engine;

namespace Orders.Tests.Bus.Transport;

/// <summary>What every transport has to do, from one endpoint to another.</summary>
public abstract class TransportSuite(Bed bed)
{
    private protected Bed Bed => bed;

    private protected Recorder<WorkDone> Done { get; } = new();

    private protected Recorder<DoWork> Seen { get; } = new();

    /// <summary>A process whose endpoint hears of work that is done.</summary>
    private protected Task<TestBus> StartSenderAsync() => bed.StartAsync("sender", endpoint => endpoint.On<WorkDone>(Done.Add));

    /// <summary>A process whose endpoint does the work and says so.</summary>
    private protected Task<TestBus> StartWorkerAsync() => StartWorkerAsync(WorkAsync);

    private protected Task<TestBus> StartWorkerAsync(Func<DoWork, IMessageHandlerContext, Task> work, int immediate = 0, int delayed = 0) =>
        bed.StartAsync("worker", endpoint => endpoint.On(work).Retries(immediate, delayed));

    private protected Task WorkAsync(DoWork message, IMessageHandlerContext context)
    {
        Seen.Add(message);
        return context.Publish(new WorkDone(message.Key, message.Number));
    }

    private protected static DoWork Work(int number) => new(Guid.CreateVersion7(), number);

    private protected static Task InOneTransactionAsync(TestBus bus, string endpoint, Func<ITransaction, Task> work) =>
        bus.Services.GetRequiredService<ITransactions>().RunAsync(endpoint, work, TestContext.Current.CancellationToken);

    /// <summary>Nothing waits here, neither to be handled nor to leave.</summary>
    private protected static Task IdleAsync(TestBus bus) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        "select not exists (select from bus.delivery) and not exists (select from bus.outgoing)"));

    private protected static Task FailedAsync(TestBus bus, string reason) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        $"select exists (select from bus.failed where resolution is null and strpos(reason, $${reason}$$) > 0)"));
}
