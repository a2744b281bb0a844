using Npgsql;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Operations;

public sealed class RetryRunTests(PostgresServer databases) : FailedMessageTests(databases)
{
    [Fact]
    public async Task A_run_retries_what_its_filter_finds_no_faster_than_its_rate()
    {
        await using var bus = await StartWithFailedAsync(8);
        State.Well = true;

        var run = await Runs(bus).StartAsync("worker", "work.do-work", 10, "olga", Token);

        Assert.Equal(Enumerable.Range(0, 8), (await Done.TakeAsync(8)).Select(done => done.Number).Order());
        await EndsAsync(bus, run.Id, "finished");
        Assert.Equal(8, (await Runs(bus).FindAsync(run.Id, Token))!.Retried);
        Assert.True(await bus.ScalarAsync<bool>(
            """
            select bool_and(resolved_at >= started_at + n * interval '100 milliseconds' and resolved_by = 'olga')
            from (select resolved_at, resolved_by, retry_run, row_number() over (order by resolved_at) n from bus.failed) f
            join bus.retry_run on retry_run.id = f.retry_run
            """));
        Assert.Equal(9, (await AuditAsync(bus)).Count);
        Assert.Equal("retry-all", Assert.Single(await AuditAsync(bus, run.Id)).Action);
    }

    [Fact]
    public async Task A_run_that_finds_nothing_is_finished_and_touches_nothing_else()
    {
        await using var bus = await StartWithFailedAsync(2);

        var run = await Runs(bus).StartAsync("elsewhere", null, 1000, "olga", Token);

        await EndsAsync(bus, run.Id, "finished");
        Assert.Equal(2, await bus.ScalarAsync<long>("select count(*) from bus.failed where resolution is null"));
    }

    [Fact]
    public async Task Many_clicks_at_once_start_one_run()
    {
        await using var bus = await StartWithFailedAsync(3);

        var runs = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Runs(bus).StartAsync(null, null, 1, "olga", Token)));

        Assert.Single(runs.Select(run => run.Id).Distinct());
        Assert.Single(await AuditAsync(bus, runs[0].Id));
    }

    [Fact]
    public async Task A_stopped_run_retries_nothing_more()
    {
        await using var bus = await StartWithFailedAsync(3);
        var run = await Runs(bus).StartAsync(null, null, 1, "olga", Token);

        var stopped = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Runs(bus).StopAsync(run.Id, "otto", Token)));
        var retried = stopped[0]!.Retried;
        // It would be due now; and another run that ends shows that somebody has looked since.
        await bus.ExecuteAsync("update bus.clock set shift = interval '1 hour'");
        await EndsAsync(bus, (await Runs(bus).StartAsync("elsewhere", null, 1000, "olga", Token)).Id, "finished");

        Assert.All(stopped, one => Assert.Equal(("stopped", "otto"), (one!.State, one.EndedBy)));
        Assert.Equal(retried, await bus.ScalarAsync<long>($"select count(*) from bus.failed where retry_run = '{run.Id}'"));
        Assert.Equal(["stop", "retry-all"], (await AuditAsync(bus, run.Id)).Select(entry => entry.Action));
    }

    [Fact]
    public async Task A_run_stops_itself_when_its_messages_fail_again()
    {
        await using var bus = await StartWithFailedAsync(60);

        var run = await Runs(bus).StartAsync("worker", null, 10, "olga", Token);

        await EndsAsync(bus, run.Id, "failing");
        var ended = (await Runs(bus).FindAsync(run.Id, Token))!;
        Assert.InRange(ended.FailedAgain, 10, ended.Retried);
        Assert.InRange(ended.Retried, 10, 59);
        await DrainedAsync(bus);
        Assert.Equal(60, await bus.ScalarAsync<long>("select count(*) from bus.failed where resolution is null"));
    }

    [Fact]
    public async Task A_fast_run_of_hopeless_messages_stops_after_the_first_of_them()
    {
        await using var bus = await StartWithFailedAsync(26);

        var run = await Runs(bus).StartAsync("worker", null, 1000, "olga", Token);

        await EndsAsync(bus, run.Id, "failing");
        var ended = (await Runs(bus).FindAsync(run.Id, Token))!;
        Assert.Equal((10, 10), (ended.Retried, ended.FailedAgain));
    }

    [Fact]
    public async Task A_fast_run_of_messages_that_succeed_takes_them_all()
    {
        await using var bus = await StartWithFailedAsync(60);
        State.Well = true;

        var run = await Runs(bus).StartAsync("worker", null, 1000, "olga", Token);

        await EndsAsync(bus, run.Id, "finished");
        Assert.Equal((60, 0), ((await Runs(bus).FindAsync(run.Id, Token))!.Retried, (await Runs(bus).FindAsync(run.Id, Token))!.FailedAgain));
    }

    [Fact]
    public async Task An_empty_filter_is_no_filter()
    {
        await using var bus = await StartWithFailedAsync(1);
        var all = await Runs(bus).StartAsync(null, null, 1, "olga", Token);

        Assert.Equal(all.Id, (await Runs(bus).StartAsync("", "", 1, "olga", Token)).Id);
    }

    [Fact]
    public async Task A_run_never_gets_far_ahead_of_its_endpoint()
    {
        await using var bus = await StartWithFailedAsync(15);
        await using var connection = await bus.Source.OpenConnectionAsync(Token);
        await using var transaction = await connection.BeginTransactionAsync(Token);
        await using var hold = new NpgsqlCommand(
            "select pg_advisory_xact_lock(x'4F000000'::int + id, lane) from bus.endpoint, generate_series(0, 7) lane where name = 'worker'", connection);
        await hold.ExecuteNonQueryAsync(Token);

        var run = await Runs(bus).StartAsync("worker", null, 1, "olga", Token);
        for (var second = 1; second <= 30; second++)
        {
            // Each ends only after a step that could have retried one more.
            await bus.ExecuteAsync($"update bus.clock set shift = interval '{second} seconds'");
            await EndsAsync(bus, (await Runs(bus).StartAsync("elsewhere", null, 1000, "olga", Token)).Id, "finished");
        }

        Assert.Equal(("running", 10), ((await Runs(bus).FindAsync(run.Id, Token))!.State, (await Runs(bus).FindAsync(run.Id, Token))!.Retried));
        await transaction.RollbackAsync(Token);
        await EndsAsync(bus, run.Id, "failing");
    }

    private static Task EndsAsync(TestBus bus, Guid run, string state) =>
        Eventually.TrueAsync(async () => (await Runs(bus).FindAsync(run, Token))!.State == state);
}
