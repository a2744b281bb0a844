using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Storage;

/// <summary>kill -9 of PostgreSQL under load. Its supervisor starts it again; the workers were never told.</summary>
public sealed class ServerKillTests(PostgresServer server, Tally tally)
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Work_goes_on_within_ten_seconds_of_the_servers_return() => KillAsync(kills: 1, ordersAKill: 150);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Work_goes_on_every_time_that_the_server_returns() => KillAsync(kills: 12, ordersAKill: 250);

    private async Task KillAsync(int kills, int ordersAKill)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var workers = new[] { await run.AddWorkerAsync(Token), await run.AddWorkerAsync(Token) };
        using var crowd = new Crowd([.. workers.Select(worker => worker.Url)], FaultRun.Sku);
        var random = run.Random();
        var recovery = new TakeOver(run);

        for (var kill = 1; kill <= kills; kill++)
        {
            var placing = crowd.PlaceAsync(ordersAKill, 16, TimeSpan.Zero, Token);
            await crowd.HasAsync(((kill - 1) * ordersAKill) + random.Next(ordersAKill / 4, ordersAKill / 2), Token);
            await run.KillServerAsync(server);
            await recovery.MeasureAllAsync(Token);
            await placing;
        }

        await run.EndAsync(crowd, Token);
        recovery.IsWithin(Promised);
    }
}
