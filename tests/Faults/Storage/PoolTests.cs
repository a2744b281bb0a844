using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Storage;

/// <summary>Fewer connections than anybody needs: one is the membership's own, and all loops, calls and clients share the rest.</summary>
public sealed class PoolTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [Trait(Extent.Name, Extent.Long)]
    [InlineData(3)]
    [InlineData(2)]
    public async Task A_few_connections_serve_everybody_in_turn(int connections)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var worker = await run.AddWorkerAsync(Token, connection: $"{run.Connection};Maximum Pool Size={connections};Timeout=2");
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        await crowd.PlaceAsync(1_000, 64, TimeSpan.Zero, Token);

        run.Counts += new Counts(Faults: 1);
        await run.EndAsync(crowd, Token);
    }
}
