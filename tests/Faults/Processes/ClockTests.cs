using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Processes;

/// <summary>One of two machines has its clock an hour wrong.</summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class ClockTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("01:00:00")]
    [InlineData("-01:00:00")]
    public async Task Orders_end_as_ever_and_neither_deadlines_nor_holds_are_over_early(string offset)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var right = await run.AddWorkerAsync(Token);
        var wrong = await run.AddWorkerAsync(Token, new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__ClockOffset"] = offset });
        using var crowd = new Crowd([right.Url, wrong.Url], FaultRun.Sku);

        await crowd.PlaceAsync(1_500, 16, TimeSpan.Zero, Token);

        run.Counts += new Counts(Faults: 1);
        await run.EndAsync(crowd, Token);
    }
}
