using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Network;

/// <summary>The provider does what it is asked and its answers are lost, each and every one, for a while.</summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class LostReplyTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_is_charged_once_when_the_provider_charges_and_nobody_hears_of_it()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        await using var provider = new FaultyProxy(run.World.Url.Port, run.Seed);
        var worker = await run.AddWorkerAsync(
            Token, new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__PaymentProvider__Url"] = $"http://127.0.0.1:{provider.Port}/sim/psp" });
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        provider.Fault = new(FaultKind.Cut, Flow.ToClient);
        await crowd.PlaceAsync(1_000, 16, TimeSpan.Zero, Token);
        await Eventually.NothingIsMissingAsync(
            async token => await run.AskAsync<long>("select count(*) from sim.psp_operation where outcome = 'approved'", token) is var charged && charged >= 50
                ? null
                : $"{charged} operations were done while no answer came through",
            Token);
        provider.Fault = null;

        run.Counts += new Counts(Faults: provider.Hits);
        await run.EndAsync(crowd, Token);
    }
}
