using Orders.Bus.Activities;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

public sealed class FailedActivityTests(PostgresServer databases) : EngineTests(databases)
{
    private readonly Recorder<OutsideAnswered> done = new();
    private readonly Calls calls = new();

    [Fact]
    public async Task An_activity_that_cannot_even_give_up_ends_in_the_error_queue_after_as_many_tries_as_a_message()
    {
        var tries = 0;
        calls.Run = (_, _) => throw new TimeoutException("no answer");
        calls.GiveUp = _ =>
        {
            tries++;
            throw new InvalidOperationException("cannot \0 give up");
        };
        await using var bus = await StartAsync(new() { Destination = "outside", GiveUpAfter = TimeSpan.Zero });

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 0));

        await Eventually.TrueAsync(() => bus.ScalarAsync<bool>("select exists (select from bus.failed where reason like 'cannot % give up')"));
        await DrainedAsync(bus);
        Assert.Equal(4, tries);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_sent_is_set_aside_and_holds_up_no_other()
    {
        calls.Run = (request, _) => Task.FromResult(request.Number < 0 ? new object() : new OutsideAnswered(request.Key, request.Number));
        await using var bus = await StartAsync(new() { Destination = "outside" });

        for (var number = -1; number < 20; number++)
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        Assert.Equal(20, (await done.TakeAsync(20)).Count);
        await DrainedAsync(bus);
        Assert.Equal(1, await bus.ScalarAsync<long>("select count(*) from bus.failed where reason like '%wire name%'"));
    }

    [Fact]
    public async Task Whatever_a_failed_call_says_it_is_made_again()
    {
        calls.Run = (request, attempt) => attempt.Number == 1
            ? throw new InvalidOperationException("A zero \0 and half a pair \ud800.")
            : Task.FromResult<object>(new OutsideAnswered(request.Key, attempt.Number));
        await using var bus = await StartAsync(new() { Destination = "outside", FirstBackoff = TimeSpan.FromMilliseconds(10) });

        await bus.Session.Send(new DoWork(Guid.CreateVersion7(), 0));

        Assert.Equal(2, Assert.Single(await done.TakeAsync(1)).Number);
    }

    private async Task<TestBus> StartAsync(ActivityOptions options) => await StartAsync(
        endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>().Activity<CallOutside, OutsideCall>(options), done, calls);
}
