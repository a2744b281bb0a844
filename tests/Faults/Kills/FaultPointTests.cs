using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Kills;

/// <summary>A worker dies, as by kill -9, between two steps of its cycle; another one goes on, and it comes back to die elsewhere.</summary>
public sealed class FaultPointTests(PostgresServer server, Tally tally)
{
    private const int OrdersAtATime = 30;

    /// <summary>It takes seconds until whoever is to die serves: the other one is not to have thousands of orders by then.</summary>
    private static readonly TimeSpan BetweenOrders = TimeSpan.FromMilliseconds(200);

    /// <summary>128 and the signal's number.</summary>
    private const int Killed = 137;

    /// <summary>Receive, handle, commit, dispatch, acknowledge; the calls to the outside world; the API's answer.</summary>
    private static readonly string[] Everywhere =
    [
        "after-take", "after-load", "after-handlers", "before-commit", "after-commit", "after-dispatch",
        "before-call", "after-call", "before-result", "after-result", "confirm-committed",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_before_and_after_the_commit_and_the_call_and_before_the_answer() =>
        DieAsync(["before-commit", "after-commit", "after-call", "confirm-committed"]);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Killed_at_every_boundary_four_times() => DieAsync([.. Enumerable.Repeat(Everywhere, 4).SelectMany(points => points)]);

    private async Task DieAsync(string[] points)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var survivor = await run.AddWorkerAsync(Token);
        var victim = await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([survivor.Url, victim.Url], FaultRun.Sku);
        var random = run.Random();
        var takeOver = new TakeOver(run);

        await victim.KillAsync(Token);
        foreach (var point in points)
        {
            victim.Launch(run.With(new Dictionary<string, string> { ["Orders__FaultPoint"] = $"{point}:{random.Next(1, 6)}" }));
            var death = victim.ExitAsync(Token);
            var placing = PlaceUntilAsync(death, crowd);
            Assert.Equal(Killed, await death);
            await takeOver.MeasureAsync(Token);
            await placing;
        }

        await victim.StartAgainAsync(Token);
        run.Counts += new Counts(Kills: points.Length);
        await run.EndAsync(crowd, Token);
        takeOver.IsWithin(TimeSpan.FromSeconds(5), share: 0.99);
    }

    private static async Task PlaceUntilAsync(Task death, Crowd crowd)
    {
        while (!death.IsCompleted)
        {
            await crowd.PlaceAsync(OrdersAtATime, 8, BetweenOrders, Token);
        }
    }
}
