using System.Diagnostics;
using Orders.Tests.Faults.Network;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Faults.Broker;

/// <summary>RabbitMQ between the modules dies, or the way to it fails.</summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class BrokerTests(PostgresServer server, Tally tally) : IAsyncLifetime
{
    private const int Strikes = 3;

    /// <summary>From the broker's return until nothing is left in the outbox.</summary>
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(30);

    private readonly RabbitMqServer broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Confirms_are_answered_while_it_is_dead_and_the_outbox_drains_when_it_is_back()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var worker = await AddWorkerAsync(run, broker.Url);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);
        var random = run.Random();
        for (var kill = 1; kill <= 5; kill++)
        {
            var placing = crowd.PlaceAsync(300, 16, TimeSpan.Zero, Token);
            await crowd.HasAsync(((kill - 1) * 300) + random.Next(50, 150), Token);
            var back = broker.Kill();
            var answered = await ConfirmUntilAsync(back, crowd, worker.Url);
            run.Counts += new Counts(Kills: 1);

            var clock = Stopwatch.StartNew();
            await placing;
            await Eventually.NothingIsMissingAsync(
                async token => await run.AskAsync<long>("select count(*) from bus.outgoing", token) is > 0 and var left ? $"{left} are in the outbox" : null, Token);
            Tally.Print(FormattableString.Invariant($"   {answered} confirms answered while it was dead, drained {clock.Elapsed.TotalSeconds:0.0} s after its return"));
            Assert.True(answered > 0 && clock.Elapsed < Promised, $"The outbox was empty after {clock.Elapsed}, promised is {Promised}.");
        }

        await run.EndAsync(crowd, Token);
    }

    [Fact]
    public async Task Every_order_ends_once_when_the_link_to_it_fails_in_every_way()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        await using var link = new FaultyProxy(broker.Url.Port, run.Seed);
        var worker = await AddWorkerAsync(run, new UriBuilder(broker.Url) { Port = link.Port }.Uri);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        foreach (var fault in Enum.GetValues<Flow>().SelectMany(flow => Enum.GetValues<FaultKind>().Select(kind => new Fault(kind, flow))))
        {
            link.Fault = fault;
            var enough = link.Hits + Strikes;
            var placing = crowd.PlaceAsync(100, 16, TimeSpan.Zero, Token);
            await Eventually.NothingIsMissingAsync(_ => Task.FromResult(link.Hits >= enough ? null : $"{fault} has struck {link.Hits} times"), Token);
            link.Fault = null;
            await placing;
        }

        run.Counts += new Counts(Faults: link.Hits);
        await run.EndAsync(crowd, Token);
    }

    private static Task<RunningHost> AddWorkerAsync(FaultRun run, Uri url) => run.AddWorkerAsync(
        Token,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__RabbitMq__Prefix"] = $"faults-{run.Seed}" },
        null,
        null,
        "--transport", "rabbitmq", "--broker", url.ToString());

    /// <summary>Not stubborn: each confirm has to be answered with 202.</summary>
    private static async Task<int> ConfirmUntilAsync(Task back, Crowd crowd, Uri front)
    {
        using var shop = new Shop(front);
        var answered = 0;
        for (; !back.IsCompleted; answered++)
        {
            crowd.Expect(await shop.BuyAsync(FaultRun.Sku, "tok_ok", Token));
        }

        await back;
        return answered;
    }
}
