using System.Collections.Concurrent;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.Faults.Webhooks;

/// <summary>Workers die while partners are called. What a partner has by its own count of the ids is all there is, once and in sequence.</summary>
public sealed class PartnerKillTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public Task Each_partner_has_each_event_once_and_each_order_in_sequence() => KillAsync(orders: 150, kills: 4);

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public Task Each_partner_has_each_event_once_in_forty_deaths() => KillAsync(orders: 5_000, kills: 40);

    private async Task KillAsync(int orders, int kills)
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        await run.AddWorkerAsync(Token, options: "--allow-loopback-webhooks");
        await run.AddWorkerAsync(Token, options: "--allow-loopback-webhooks");
        await using var steady = await Receiver.StartAsync();
        await using var moody = await Receiver.StartAsync();
        using var shop = new Shop(run.Workers[0].Url);
        using var crowd = new Crowd([.. run.Workers.Select(worker => worker.Url)], FaultRun.Sku);
        var secrets = new[] { await shop.ListenAsync(steady.Url, Partner.OrderEvents, Token), await shop.ListenAsync(moody.Url, Partner.OrderEvents, Token) };
        var random = run.Random();
        var cut = LoseAnswers(moody, run.Random(1));

        var placing = crowd.PlaceAsync(orders, 16, TimeSpan.FromMilliseconds(50), Token);
        for (var kill = 1; kill <= kills; kill++)
        {
            await crowd.HasAsync(orders * kill / (kills + 1), Token);
            await run.Workers[random.Next(2)].KillAndStartAsync(Token);
        }

        await placing;
        await DeliveredAsync(run);

        run.Counts += new Counts(Kills: kills, Faults: cut.Count);
        AssertHas(steady, secrets[0], crowd);
        AssertHas(moody, secrets[1], crowd);
        var calls = steady.Calls.Length + moody.Calls.Length;
        Tally.Print($"   {calls} calls of {steady.Calls.Concat(moody.Calls).DistinctBy(call => call.Id).Count()} events, {cut.Count} answers lost");
        await run.EndAsync(crowd, Token);
    }

    /// <summary>Now and then it has taken an event in and its answer is lost: the same comes again.</summary>
    private static ConcurrentDictionary<string, bool> LoseAnswers(Receiver receiver, Random random)
    {
        var cut = new ConcurrentDictionary<string, bool>();
        receiver.Answer = (call, http) =>
        {
            bool loses;
            lock (random)
            {
                loses = random.Next(20) == 0;
            }

            // Once each: a second failure is tried again in minutes.
            if (loses && cut.TryAdd(call.Id, true))
            {
                http.Abort();
            }

            return Task.CompletedTask;
        };
        return cut;
    }

    private static Task DeliveredAsync(FaultRun run) => Eventually.NothingIsMissingAsync(
        async token =>
        {
            await new Judgement(run.Database).IsAtRestAsync(token);
            return await run.AskAsync<long>("select count(*) from webhooks.delivery where state not in ('succeeded', 'failed')", token) is > 0 and var open
                ? $"{open} deliveries are to be made"
                : null;
        },
        Token);

    private static void AssertHas(Receiver receiver, string secret, Crowd crowd)
    {
        Assert.All(receiver.Calls, call => Assert.True(call.IsSignedBy(secret)));
        var heard = receiver.Calls.DistinctBy(call => call.Id).ToLookup(call => call.OrderId, StringComparer.Ordinal);
        Assert.Equal(crowd.Accepted.Values.Order(StringComparer.Ordinal), heard.Select(order => order.Key).Order(StringComparer.Ordinal));
        Assert.All(crowd.Accepted, order => Assert.Equal(
            Crowd.EndOf(order.Key) == "completed"
                ? ["order.accepted", "order.confirmed", "order.dispatching", "order.completed"]
                : ["order.accepted", "order.rejected"],
            heard[order.Value].Select(call => call.Type)));
        Assert.All(heard, order => Assert.Equal(order.Select(call => call.Version).Order(), order.Select(call => call.Version)));
    }
}
