using System.Globalization;
using Npgsql;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Network;

/// <summary>The connection to PostgreSQL ends in the middle of a COMMIT: nobody here knows whether it happened.</summary>
public sealed class CommitCutTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Every_order_ends_once_when_commits_are_cut_before_in_and_after() => CutAsync(orders: 150, oneIn: 6);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Every_order_ends_once_when_thousands_of_commits_are_cut() => CutAsync(orders: 4_000, oneIn: 12);

    private async Task CutAsync(int orders, int oneIn)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var direct = new NpgsqlConnectionStringBuilder(run.Connection);
        var cutter = new CommitCutter(run.Seed, oneIn);
        await using var proxy = new FaultyProxy(direct.Port, run.Seed, cutter.For);
        var way = new NpgsqlConnectionStringBuilder(run.Connection) { Port = proxy.Port };
        var worker = await run.AddWorkerAsync(Token, connection: way.ConnectionString);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        cutter.On = true;
        await crowd.PlaceAsync(orders, 16, TimeSpan.Zero, Token);
        cutter.On = false;
        var recovery = new TakeOver(run);
        await recovery.MeasureAllAsync(Token);

        run.Counts += new Counts(Faults: cutter.Cuts.Sum());
        await run.EndAsync(crowd, Token);
        Tally.Print(string.Create(
            CultureInfo.InvariantCulture, $"   commits cut before {cutter.Cuts[0]}, in the middle {cutter.Cuts[1]}, before the answer {cutter.Cuts[2]}"));
        recovery.IsWithin(TimeSpan.FromSeconds(10));
        Assert.All(cutter.Cuts, cuts => Assert.True(cuts > 0, "A moment was never met: the test has shown nothing of it."));
    }
}
