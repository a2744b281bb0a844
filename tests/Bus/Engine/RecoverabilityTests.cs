using Microsoft.Extensions.DependencyInjection;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class RecoverabilityTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task A_statement_that_takes_too_long_is_its_messages_fault()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartMistreatedAsync(done, "select pg_sleep(60)", times: 2);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like '%command timeout%')"));
        await DrainedAsync(bus);
        Assert.Empty(done.All);
    }

    [Fact]
    public async Task A_connection_that_is_lost_is_nobodys_fault()
    {
        var done = new Recorder<WorkDone>();
        await using var bus = await StartMistreatedAsync(done, "select pg_terminate_backend(pg_backend_pid())", times: 3);

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        Assert.Equal(1, Assert.Single(await done.TakeAsync(1)).Number);
        Assert.Equal(0, await bus.ScalarAsync<long>("select count(*) from bus.failed"));
    }

    [Fact]
    public async Task Whatever_an_exception_says_its_message_reaches_the_error_queue()
    {
        await using var bus = await StartAsync(
            endpoint =>
            {
                endpoint.Handler<ThrowsUnstorableText>();
                endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
            },
            new Recorder<WorkDone>());

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 1));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like 'A zero % and half a pair %')"));
        await DrainedAsync(bus);
    }

    private async Task<TestBus> StartMistreatedAsync(Recorder<WorkDone> done, string sql, int times) => await StartAsync(
        endpoint =>
        {
            endpoint.Services.AddSingleton(new Mistreatment(sql, times));
            endpoint.Handler<MistreatsItsConnection>().Handler<DoneWatcher>();
            endpoint.Recoverability.Immediate(i => i.NumberOfRetries(0)).Delayed(d => d.NumberOfRetries(0));
        },
        done);
}
