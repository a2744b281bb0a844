using Microsoft.Extensions.DependencyInjection;
using Orders.Bus.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class DeliveryTests(PostgresServer databases) : EngineTests(databases)
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
        var database = await Databases.CreateDatabaseAsync();
        var done = new Recorder<WorkDone>();
        await using var first = await StartOnAsync(database, endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);
        await using var second = await StartOnAsync(database, endpoint => endpoint.Handler<Worker>().Handler<DoneWatcher>(), done);

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(number =>
            (number % 2 == 0 ? first : second).Session.Send(new DoWork(Guid.CreateVersion7(), number))));

        Assert.Equal(Enumerable.Range(0, 1000), (await done.TakeAsync(1000)).Select(message => message.Number).Order());
        await DrainedAsync(first);
        Assert.Equal(1000, done.All.Count);
    }
}
