using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Activities;
using Orders.Bus.Engine;
using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Activities;

public sealed class TwoAttemptsTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task Answers_of_two_attempts_that_are_written_together_speak_once_by_the_attempt_that_holds_the_lease()
    {
        var done = new Recorder<OutsideAnswered>();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<AnswerWatcher>().Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }), done);
        var completions = bus.Services.GetRequiredService<ActivityCompletions>();
        var (held, other) = (await LeaseAsync(bus, attempts: 2), await LeaseAsync(bus, attempts: 1));

        await using var connection = await bus.Source.OpenConnectionAsync();
        await using var blocking = await connection.BeginTransactionAsync();
        await using (var row = new NpgsqlCommand("select from bus.activity where message = $1 for update", connection))
        {
            row.Parameters.Add(new() { Value = other });
            await row.ExecuteNonQueryAsync();
        }

        // While this one's write waits, the answers of both attempts gather behind it.
        await completions.AddAsync(Answer(bus, other, attempt: 1));
        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>(
            "select exists (select from pg_stat_activity where wait_event_type = 'Lock' and query like '%delete from bus.activity%')"));
        await completions.AddAsync(Answer(bus, held, attempt: 1));
        await completions.AddAsync(Answer(bus, held, attempt: 2));
        await blocking.CommitAsync();

        Assert.Equal([1, 2], (await done.TakeAsync(2)).Select(answer => answer.Number).Order());
        await DrainedAsync(bus);
        Assert.Equal(2, await bus.ScalarAsync<long>("select count(*) from bus.message where type = 'work.outside-answered'"));
    }

    private static Task<Guid> LeaseAsync(TestBus bus, int attempts) => bus.ScalarAsync<Guid>(
        $"""
        with message as (
          insert into bus.message (id, type, version, key, intent, conversation, body)
          values (gen_random_uuid(), 'work.call-outside', 1, 'k', 1, gen_random_uuid(), '') returning id)
        insert into bus.activity (message, endpoint, destination, due_at, holder, attempts)
        select message.id, endpoint.id, 'outside', bus.now() + interval '1 hour', process.id, {attempts}
        from message, bus.endpoint, bus.process where endpoint.name = 'worker'
        returning message
        """);

    private static ActivityResult Answer(TestBus bus, Guid message, int attempt)
    {
        var endpoint = bus.Services.GetRequiredService<EndpointCatalogue>().All[0];
        var request = new ActivityRequest("worker", message, new CallOutside(message, attempt), Guid.CreateVersion7(), null);
        var work = new ActivityWork(
            request, endpoint.Activities[typeof(CallOutside)], endpoint, "outside", attempt, Leased: true, DateTimeOffset.UnixEpoch, TimeSpan.Zero, 0, null);
        return new(work, new OutsideAnswered(message, attempt), TimeSpan.Zero, null);
    }
}
