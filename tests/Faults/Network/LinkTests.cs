using System.Globalization;
using Npgsql;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Network;

/// <summary>Every link of a worker fails in every way, in each direction: its clients', the database's, the provider's, the carriers'.</summary>
public sealed class LinkTests(PostgresServer server, Tally tally)
{
    /// <summary>How often a fault strikes before the link is honest again.</summary>
    private const int Strikes = 5;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_order_ends_once_when_links_are_cut_reset_slow_and_sliced() =>
        FailAsync(episodes => [.. episodes.Where(episode => episode.Fault.Kind != FaultKind.BlackHole).Take(10)], ordersAtATime: 20);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Every_order_ends_once_when_every_link_fails_in_every_way() => FailAsync(episodes => episodes, ordersAtATime: 100);

    private async Task FailAsync(Func<(int Link, Fault Fault)[], (int Link, Fault Fault)[]> choose, int ordersAtATime)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var port = RunningHost.FreePort();
        var direct = new NpgsqlConnectionStringBuilder(run.Connection);
        await using var shoppers = new FaultyProxy(port, run.Seed);
        await using var database = new FaultyProxy(direct.Port, run.Seed);
        await using var provider = new FaultyProxy(run.World.Url.Port, run.Seed);
        await using var carriers = new FaultyProxy(run.World.Url.Port, run.Seed);
        FaultyProxy[] links = [shoppers, database, provider, carriers];
        var settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Orders__PaymentProvider__Url"] = $"http://127.0.0.1:{provider.Port}/sim/psp",
            ["Orders__Carrier__Url"] = $"http://127.0.0.1:{carriers.Port}/sim/carrier",
        };
        direct.Port = database.Port;
        await run.AddWorkerAsync(Token, settings, direct.ConnectionString, port);
        using var crowd = new Crowd([new($"http://127.0.0.1:{shoppers.Port}")], FaultRun.Sku);

        var failing = FailAllAsync(links, choose(Episodes(links.Length, run.Random())));
        while (!failing.IsCompleted)
        {
            await crowd.PlaceAsync(ordersAtATime, 16, TimeSpan.Zero, Token);
        }

        await failing;
        run.Counts += new Counts(Faults: links.Sum(link => link.Hits));
        await run.EndAsync(crowd, Token);
        Tally.Print(string.Create(
            CultureInfo.InvariantCulture,
            $"   struck: clients {shoppers.Hits}, database {database.Hits}, provider {provider.Hits}, carriers {carriers.Hits}"));
    }

    private static (int Link, Fault Fault)[] Episodes(int links, Random random)
    {
        var all = (
            from link in Enumerable.Range(0, links)
            from flow in Enum.GetValues<Flow>()
            from kind in Enum.GetValues<FaultKind>()
            select (link, new Fault(kind, flow))).ToArray();
        random.Shuffle(all);
        return all;
    }

    private static async Task FailAllAsync(FaultyProxy[] links, (int Link, Fault Fault)[] episodes)
    {
        foreach (var (link, fault) in episodes)
        {
            var proxy = links[link];
            var enough = proxy.Hits + Strikes;
            proxy.Fault = fault;
            await Eventually.NothingIsMissingAsync(
                _ => Task.FromResult(proxy.Hits >= enough ? null : $"link {link} has met {fault} {proxy.Hits} times, not {enough}"), Token);
            proxy.Fault = null;
        }
    }
}
