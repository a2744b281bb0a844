using System.Diagnostics;
using Orders.Tests.Faults.Running;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Faults.Deliveries;

/// <summary>An endpoint that nobody waits for, analytics, was away and has a hundred thousand deliveries to catch up with.</summary>
[Trait(Extent.Name, Extent.Long)]
public sealed class SlowConsumerTests(PostgresServer server, Tally tally)
{
    private const int Backlog = 100_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_are_taken_and_end_as_ever_while_it_is_away_and_while_it_catches_up()
    {
        const int orders = 1_000;
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        // Both have registered once: the away one's deliveries are stored for it.
        await run.AddWorkerAsync(Token, null, null, null, "--modules", "orders,payments,inventory,dispatch");
        var slow = await run.AddWorkerAsync(Token, null, null, null, "--modules", "analytics");
        using var crowd = new Crowd([run.Workers[0].Url], FaultRun.Sku);

        await slow.KillAsync(Token);
        await crowd.PlaceAsync(orders, 16, TimeSpan.Zero, Token);
        await EndedAsync(run, orders);
        var piled = await run.DoAsync(Pile, Token);
        Assert.InRange(piled, Backlog, 2 * Backlog);

        var clock = Stopwatch.StartNew();
        await slow.StartAgainAsync(Token);
        await crowd.PlaceAsync(orders, 16, TimeSpan.Zero, Token);
        await EndedAsync(run, 2 * orders);
        var placed = clock.Elapsed;
        run.Counts += new Counts(Kills: 1, Faults: piled);
        await run.EndAsync(crowd, Token);
        Tally.Print(FormattableString.Invariant(
            $"   {piled:N0} deliveries piled up, worked off within {clock.Elapsed.TotalSeconds:0.0} s; {orders:N0} orders meanwhile in {placed.TotalSeconds:0.0} s"));
    }

    /// <summary>Every order ends, whatever analytics has left to do.</summary>
    private static Task EndedAsync(FaultRun run, int orders) => Eventually.NothingIsMissingAsync(
        async token => await run.AskAsync<long>(
            "select count(*) from orders.order_view where status in ('completed', 'rejected', 'cancelled')", token) is var ended && ended >= orders
            ? null
            : $"{ended} orders have ended, not {orders}",
        Token);

    /// <summary>What waits for analytics, as often again as makes the backlog.</summary>
    private static readonly string Pile =
        $"""
        insert into bus.delivery (endpoint, lane, message)
        select endpoint, lane, message from bus.delivery cross join generate_series(1, {Backlog} / (select count(*)::int from bus.delivery) + 1)
        """;
}
