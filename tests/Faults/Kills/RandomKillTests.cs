using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Kills;

/// <summary>kill -9 at moments that nobody chose, under full load.</summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class RandomKillTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Workers_are_killed_at_random_for_minutes() => KillAsync(orders: 20_000, run => [run.Workers[0], run.Workers[1]], andServer: false);

    [Fact]
    public Task Everything_is_killed_in_random_order() =>
        KillAsync(orders: 12_000, run => [run.Workers[0], run.Workers[1], run.World], andServer: true);

    private async Task KillAsync(int orders, Func<FaultRun, RunningHost[]> victims, bool andServer)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        await run.AddWorkerAsync(Token);
        await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([.. run.Workers.Select(worker => worker.Url)], FaultRun.Sku);
        var hosts = victims(run);
        var random = run.Random();
        var takeOver = new TakeOver(run);

        var placing = crowd.PlaceAsync(orders, 16, TimeSpan.Zero, Token);
        while (crowd.Accepted.Count < orders)
        {
            await crowd.HasAsync(Math.Min(orders, crowd.Accepted.Count + random.Next(10, 150)), Token);
            if (random.Next(hosts.Length + (andServer ? 1 : 0)) is var chosen && chosen == hosts.Length)
            {
                await run.KillServerAsync(server);
                await takeOver.MeasureAllAsync(Token);
                continue;
            }

            run.Counts += new Counts(Kills: 1);
            await hosts[chosen].KillAsync(Token);
            if (hosts[chosen] != run.World)
            {
                await takeOver.MeasureAsync(Token);
            }

            await hosts[chosen].StartAgainAsync(Token);
        }

        await placing;
        await run.EndAsync(crowd, Token);
        takeOver.IsWithin(andServer ? TimeSpan.FromSeconds(10) : TimeSpan.FromSeconds(5), share: 0.99);
    }
}
