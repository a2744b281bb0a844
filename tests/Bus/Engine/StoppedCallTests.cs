using Orders.Tests.Support;

namespace Orders.Tests.Bus.Engine;

/// <summary>A process stops while somebody is called who does not answer.</summary>
public sealed class StoppedCallTests(PostgresServer databases) : EngineTests(databases)
{
    [Fact]
    public async Task A_stop_gives_up_calls_that_take_long_begins_no_other_and_the_next_process_repeats_them()
    {
        var done = new Recorder<OutsideAnswered>();
        var called = new Recorder<CallOutside>();
        var calls = new Calls();
        calls.Run = async (request, _) =>
        {
            called.Add(request);
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, calls.Patience);
            throw new InvalidOperationException("It was to be given up.");
        };
        var database = await Databases.CreateDatabaseAsync();
        var first = await StartOnAsync(database, endpoint => endpoint.Handler<CallRequester>().Activity<CallOutside, OutsideCall>(Outside), done, calls);
        for (var number = 0; number < 3; number++)
        {
            await first.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        await called.TakeAsync(1);
        await first.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        Assert.Single(called.All);

        await using var second = await StartOnAsync(
            database, endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>().Activity<CallOutside, OutsideCall>(Outside), done, new());
        Assert.Equal([0, 1, 2], (await done.TakeAsync(3)).Select(answer => answer.Number).Order());
        await DrainedAsync(second);
    }

    /// <summary>One at a time, so that others wait behind the first.</summary>
    private static Orders.Bus.Activities.ActivityOptions Outside { get; } =
        new() { Destination = "outside", MaxParallel = 1, Timeout = TimeSpan.FromMinutes(5) };
}
