using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Processes;

/// <summary>
/// A worker is stopped (SIGSTOP) with calls under way until its leases are over, and then goes on (SIGCONT) as if nothing had
/// happened: what it has to say has been said by another by then, and is not heard.
/// </summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class StoppedWorkerTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_was_stopped_past_its_leases_is_fenced_off()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var other = await run.AddWorkerAsync(Token);
        var stopped = await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([other.Url], FaultRun.Sku);

        var placing = crowd.PlaceAsync(1_500, 16, TimeSpan.Zero, Token);
        await crowd.HasAsync(200, Token);
        var asleep = await StopWithCallsAsync(run, stopped);
        await placing;
        // Its calls are made by the other one once their leases are over; its batch, if it was in one, ends with its transaction.
        await new Judgement(run.Database).IsAtRestAsync(Token);
        stopped.Signal("CONT");
        await crowd.PlaceAsync(300, 16, TimeSpan.Zero, Token);

        run.Counts += new Counts(Faults: asleep);
        await run.EndAsync(crowd, Token);
    }

    /// <summary>Stops it at a moment at which it holds leases, or lets it go on and tries again.</summary>
    /// <returns>How many calls it holds.</returns>
    private static async Task<long> StopWithCallsAsync(FaultRun run, RunningHost worker)
    {
        var held = 0L;
        await Eventually.NothingIsMissingAsync(
            async token =>
            {
                worker.Signal("STOP");
                held = await run.AskAsync<long>("select count(*) from bus.activity where holder = (select max(id) from bus.process)", token);
                if (held > 0)
                {
                    return null;
                }

                worker.Signal("CONT");
                return "the worker held no lease whenever it was stopped";
            },
            Token);
        return held;
    }
}
