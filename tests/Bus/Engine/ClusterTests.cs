using System.Runtime.ExceptionServices;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class ClusterTests(PostgresServer databases) : EngineTests(databases)
{
    private static readonly AsyncLocal<bool> Mine = new();

    [Fact]
    public async Task An_idle_process_throws_nothing()
    {
        var thrown = 0;
        void Count(object? sender, FirstChanceExceptionEventArgs thrownNow)
        {
            if (Mine.Value && thrownNow.Exception is NpgsqlException or TimeoutException)
            {
                Interlocked.Increment(ref thrown);
            }
        }

        Mine.Value = true;
        await using var bus = await StartIdleAsync();
        AppDomain.CurrentDomain.FirstChanceException += Count;
        try
        {
            // Each time it looks around, a second after the time before, it frees the leases of the dead.
            for (var look = 0; look < 3; look++)
            {
                await bus.ExecuteAsync(
                    "insert into bus.activity (message, endpoint, destination, due_at, holder, attempts) values (gen_random_uuid(), 1, 'nowhere', bus.now() + interval '1 hour', 999999, 1)");
                await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select not exists (select from bus.activity where holder is not null)"));
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= Count;
        }

        Assert.Equal(0, thrown);
    }

    [Fact]
    public async Task A_process_that_died_long_ago_is_forgotten_and_no_other()
    {
        await using var bus = await StartIdleAsync();
        await bus.ExecuteAsync("insert into bus.process (machine, endpoints) values ('long dead', '{1}')");
        await bus.ExecuteAsync("update bus.clock set shift = interval '8 days'");
        await bus.ExecuteAsync("insert into bus.process (machine, endpoints) values ('just dead', '{1}')");
        await LivesAsync(bus);

        await bus.Services.GetRequiredService<Housekeeping>().SweepAsync(TestContext.Current.CancellationToken);

        Assert.Equal(
            $"just dead, {Environment.MachineName}", await bus.ScalarAsync<string>("select string_agg(machine, ', ' order by id desc) from bus.process"));
    }

    [Fact]
    public async Task A_process_that_was_forgotten_while_its_connection_was_gone_is_back_with_it()
    {
        await using var bus = await StartIdleAsync();
        await LivesAsync(bus);
        await bus.ExecuteAsync(
            """
            delete from bus.process;
            select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 20483 and granted
              and database = (select oid from pg_database where datname = current_database())
            """);

        await LivesAsync(bus);
    }

    [Fact]
    public async Task A_process_whose_lock_is_lost_without_a_word_takes_it_again()
    {
        await using var bus = await StartIdleAsync();
        await LivesAsync(bus);

        // As after a partition of the network: the server has forgotten, and the process has heard nothing.
        await bus.ExecuteAsync("delete from bus.process");

        await LivesAsync(bus);
    }

    private async Task<TestBus> StartIdleAsync() => await StartAsync(endpoint => endpoint.Handler<DoneWatcher>(), new Recorder<WorkDone>());

    private static Task LivesAsync(TestBus bus) => Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
        """
        select exists (select from bus.process where id in (
          select objid::int from pg_locks where locktype = 'advisory' and classid = 20483 and granted
            and database = (select oid from pg_database where datname = current_database())))
        """));
}
