using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class DeliveryTests(PostgresServer databases) : EngineTests(databases)
{
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
}
