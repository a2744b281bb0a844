using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class DeferredWriteTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task A_deferred_write_commits_with_the_message_that_asked_for_it_and_fails_with_it()
    {
        var done = new Recorder<WorkDone>();
        var database = await Databases.CreateDatabaseAsync();
        await using (var source = NpgsqlDataSource.Create(database))
        await using (var table = source.CreateCommand("create table effect (number integer check (number <> 13))"))
        {
            await table.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var bus = await StartOnAsync(database, endpoint => endpoint.Handler<Noter>().Handler<DoneWatcher>(), done);
        await bus.Services.GetRequiredService<ITransactions>().RunAsync(
            "worker",
            async transaction =>
            {
                for (var number = 11; number < 16; number++)
                {
                    await transaction.Send(new DoWork(Guid.CreateVersion7(), number));
                }
            },
            TestContext.Current.CancellationToken);

        Assert.Equal([11, 12, 14, 15], (await done.TakeAsync(4)).Select(message => message.Number).Order());
        Assert.Equal("11 12 14 15", await bus.ScalarAsync<string>("select string_agg(number::text, ' ' order by number) from effect"));
    }

    [Fact]
    public async Task Outside_a_transaction_nothing_can_be_deferred()
    {
        await using var source = NpgsqlDataSource.Create(await Databases.CreateDatabaseAsync());
        await using var storage = new BatchStorage(source);
        Assert.Throws<InvalidOperationException>(() => storage.Defer(new("select 1")));
    }

    private sealed class Noter(BatchStorage storage) : IHandleMessages<DoWork>
    {
        public Task Handle(DoWork message, IMessageHandlerContext context)
        {
            storage.Defer(new("insert into effect values ($1)") { Parameters = { new() { Value = message.Number } } });
            return context.Publish(new WorkDone(message.Key, message.Number));
        }
    }
}
