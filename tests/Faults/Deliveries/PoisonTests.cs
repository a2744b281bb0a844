using Orders.Tests.Faults.Running;
using Orders.Tests.Support;

namespace Orders.Tests.Faults.Deliveries;

/// <summary>Messages that nobody can handle, in every lane of every endpoint, among the good ones.</summary>
public sealed class PoisonTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Trait(Extent.Name, Extent.Long)]
    public async Task Good_messages_pass_and_each_bad_one_ends_in_the_error_queue_once()
    {
        const int orders = 2_000;
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var worker = await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);

        var placing = crowd.PlaceAsync(orders, 16, TimeSpan.Zero, Token);
        await crowd.HasAsync(orders / 4, Token);
        var poisoned = await run.AskAsync<long>(Poison, Token);
        await placing;
        await new Judgement(run.Database).IsAtRestAsync(Token);

        Assert.True(poisoned >= 3 * 8 * 5, $"Only {poisoned} bad messages were sent.");
        Assert.Equal(poisoned, await run.AskAsync<long>("select count(*) from bus.failed where resolution is null", Token));
        Assert.Equal(poisoned, await run.AskAsync<long>("select count(distinct (message, endpoint)) from bus.failed", Token));
        run.Counts += new Counts(Faults: poisoned);
        await run.EndAsync(crowd, Token);
    }

    /// <summary>An unknown type, a body that is no JSON, and a body that lacks what it needs, for every endpoint and lane.</summary>
    private const string Poison =
        """
        with bad as (
          insert into bus.message (id, type, version, key, intent, conversation, body)
          select gen_random_uuid(), type, 1, 'poison-' || lane, 1, gen_random_uuid(), body
          from generate_series(0, 7) as lane,
            (values ('nobody.knows-this', '{}'), ('orders.order-confirmed', '{"orderId":'), ('orders.order-confirmed', '{}')) as kind (type, body)
          returning id, right(key, 1)::smallint as lane),
        sent as (
          insert into bus.delivery (endpoint, lane, message)
          select endpoint.id, bad.lane, bad.id from bad cross join bus.endpoint
          returning 1)
        select count(*) from sent
        """;
}
