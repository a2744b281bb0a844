using Orders.Tests.Bus.Engine;
using Orders.Tests.Support;

namespace Orders.Tests.Bus.Activities;

/// <summary>Several destinations of a kind.</summary>
public sealed class InstanceTests(PostgresServer databases) : EngineTests(databases)
{
    private const int Silent = 1;
    private const int Talkative = 2;

    [Fact]
    public async Task One_that_never_answers_holds_up_no_other()
    {
        var done = new Recorder<OutsideAnswered>();
        var silence = new TaskCompletionSource();
        var calls = new Calls
        {
            Run = async (request, _) =>
            {
                await (request.Number == Silent ? silence.Task : Task.CompletedTask);
                return new OutsideAnswered(request.Key, request.Number);
            },
        };
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<CallRequester>().Handler<AnswerWatcher>()
                .Activity<CallOutside, OutsideCall>(new() { Destination = "outside", MaxParallel = 2 }, call => $"{call.Number}"),
            done,
            calls);

        // More than there are places for both.
        foreach (var number in Enumerable.Repeat(Silent, 40).Concat(Enumerable.Repeat(Talkative, 40)))
        {
            await bus.Session.Send(new DoWork(Guid.CreateVersion7(), number));
        }

        try
        {
            Assert.All(await done.TakeAsync(40), answer => Assert.Equal(Talkative, answer.Number));
        }
        finally
        {
            silence.SetResult();
        }

        Assert.All(await done.TakeAsync(40), answer => Assert.Equal(Silent, answer.Number));
        await DrainedAsync(bus);
    }

    [Theory]
    [InlineData("outside/5")]
    [InlineData("outside")]
    public async Task What_another_process_left_of_one_that_this_process_never_called_is_taken_up(string destination)
    {
        var done = new Recorder<OutsideAnswered>();
        await using var bus = await StartAsync(
            endpoint => endpoint.Handler<AnswerWatcher>().Activity<CallOutside, OutsideCall>(new() { Destination = "outside" }, call => $"{call.Number}"), done);

        await LeaveCallAsync(bus, destination, number: 5);

        Assert.Equal(5, Assert.Single(await done.TakeAsync(1)).Number);
        await DrainedAsync(bus);
    }
}
