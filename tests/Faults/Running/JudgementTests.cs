using Orders.Tests.Support;

namespace Orders.Tests.Faults.Running;

/// <summary>Every fault that a run is judged for is planted in one that went well, and reported.</summary>
public sealed class JudgementTests(PostgresServer server, Tally tally)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_planted_is_reported_and_nothing_else()
    {
        await using var run = await FaultRun.StartAsync(server, tally, Token);
        var worker = await run.AddWorkerAsync(Token);
        using var crowd = new Crowd([worker.Url], FaultRun.Sku);
        await crowd.PlaceAsync(4, 4, TimeSpan.Zero, Token);
        var judgement = new Judgement(run.Database);
        await judgement.IsAtRestAsync(Token);
        Assert.Empty(await judgement.ViolationsAsync(crowd, Token));
        var order = crowd.Accepted[0];

        await ReportsAsync($"second effect: order {order} has 2 orders.order-status-changed completed", Again("orders.order-status-changed", "completed"));
        await ReportsAsync($"second effect: order {order} has 2 payments.capture-payment", Again("payments.capture-payment", ""));
        await ReportsAsync($"second effect: the provider did 2 capture of order {order}", $"""
            insert into sim.psp_operation (sequence, at, operation, reference, idempotency_key, card_token, amount_minor, currency, outcome)
            select sequence + 1000000, at, operation, reference, 'planted', card_token, amount_minor, currency, outcome
            from sim.psp_operation where reference = '{order}' and operation = 'capture'
            """);
        await ReportsAsync($"lost: order {order} was accepted", $"delete from orders.order_view where id = '{order}'");
        crowd.Accepted.TryRemove(1, out var forgotten);
        await ReportsAsync($"unexpected: nobody was told of order {forgotten}", "select");
        crowd.Accepted[3] = crowd.Accepted[2];
        await ReportsAsync($"unexpected: order {crowd.Accepted[3]} is completed, not rejected payment-declined", "select");
        run.Pass();

        async Task ReportsAsync(string violation, string plant)
        {
            await run.DoAsync(plant, Token);
            Assert.Contains(violation, await judgement.ViolationsAsync(crowd, Token));
        }

        string Again(string type, string status) => $"""
            insert into bus.message (id, type, version, key, intent, conversation, body)
            select gen_random_uuid(), type, version, key, intent, conversation, body
            from bus.message where key = '{order}' and type = '{type}' and body like '%{status}%'
            """;
    }
}
