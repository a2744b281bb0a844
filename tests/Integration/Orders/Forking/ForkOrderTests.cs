using System.Text.Json.Nodes;
using Orders.Api.OrderProcess;
using Orders.Bus.History;
using Orders.Contracts;
using Orders.Host.History;
using Orders.Tests.Support;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Integration.OrdersApi.Forking;

/// <summary>Orders that a bug has got stuck go on once it is mended.</summary>
public sealed class ForkOrderTests(PostgresServer postgres)
{
    private const string Sku = "tea";

    private static readonly OrderTransitions Deaf = ForkingHost.With(
        OrderState.Packing, typeof(ShipmentPacked), rule => new Ignored(rule.From, rule.Message, "A planted bug."));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_a_bug_got_stuck_completes_once_it_is_forked_on_mended_code()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var (order, stuckAt) = await GetStuckAsync(connection, Deaf, "dispatch.shipment-packed");
        await using var host = await ForkingHost.StartAsync(connection);

        var (_, dry) = await host.ForkAsync(order, new { fromStep = stuckAt });
        Assert.Equal(["payments.capture-payment"], Types(dry["toSend"]));
        Assert.False((bool)dry["applied"]!);
        Assert.Empty(await LedgerAsync(host, order, "capture"));

        var apply = new { fromStep = stuckAt, plan = (string)dry["plan"]!, reason = "ShipmentPacked was ignored" };
        var (status, applied) = await host.ForkAsync(order, apply);
        Assert.True(status == 200 && (bool)applied["applied"]!, applied.ToJsonString());
        Assert.Equal("completed", (await host.Shop.EndsOfAsync(Sku, [order], Token))[order].Outcome);

        Assert.Equal(["authorise approved", "capture approved"], (await host.Shop.LedgerByOrderAsync(Token))[order].Select(line => line.Step));
        var stock = await host.Shop.GetAsync<StockAnswer>("/api/stock/" + Sku, Token);
        Assert.Equal((4, 0, 1), (stock.OnHand, stock.Held, stock.Shipped));
        await host.Shop.HoldsAsync(Token);
        var history = await host.HistoryAsync(order);
        Assert.Equal(new ForkNote(stuckAt, "demo-operator", "ShipmentPacked was ignored", apply.plan), history.Single(step => step.Fork() is not null).Fork());
        Assert.Null(OrderReplay.Create().Run(history));
        var audit = Assert.Single((await host.Shop.GetAsync<PageAnswer<JsonNode>>($"/api/ops/audit?subject={order}", Token)).Items);
        Assert.Equal(("fork", "demo-operator"), ((string)audit["action"]!, (string)audit["who"]!));
        Assert.Equal("Packing", (string)audit["before"]!["state"]!["progress"]!["state"]!, ignoreCase: true);
        Assert.Equal("Capturing", (string)audit["after"]!["state"]!["progress"]!["state"]!, ignoreCase: true);
        Assert.Equal("ShipmentPacked was ignored", (string)audit["after"]!["reason"]!);
    }

    [Fact]
    public async Task What_was_sent_is_not_sent_again()
    {
        var deaf = ForkingHost.With(
            OrderState.Capturing, typeof(PaymentCaptured), rule => new Ignored(rule.From, rule.Message, "A planted bug."));
        var connection = await postgres.CreateDatabaseAsync();
        var (order, _) = await GetStuckAsync(connection, deaf, "payments.payment-captured");
        await using var host = await ForkingHost.StartAsync(connection);

        // From the very beginning: all that was done since then is known.
        var (_, dry) = await host.ForkAsync(order, new { fromStep = 1 });
        Assert.Equal(["dispatch.hand-over-shipment"], Types(dry["toSend"]));
        Assert.Contains("payments.capture-payment", Types(dry["alreadySent"]));
        Assert.Empty(dry["noLongerSent"]!.AsArray());
        await host.ForkAsync(order, new { fromStep = 1, plan = (string)dry["plan"]!, reason = "PaymentCaptured was ignored" });

        Assert.Equal("completed", (await host.Shop.EndsOfAsync(Sku, [order], Token))[order].Outcome);
        Assert.Single(await LedgerAsync(host, order, "capture"));
        Assert.Null(OrderReplay.Create().Run(await host.HistoryAsync(order)));
        await host.Shop.HoldsAsync(Token);
    }

    [Fact]
    public async Task Twice_by_one_plan_is_once()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var (order, stuckAt) = await GetStuckAsync(connection, Deaf, "dispatch.shipment-packed");
        await using var host = await ForkingHost.StartAsync(connection);
        var (_, dry) = await host.ForkAsync(order, new { fromStep = stuckAt });
        var apply = new { fromStep = stuckAt, plan = (string)dry["plan"]!, reason = "twice" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => host.ForkAsync(order, apply)));

        Assert.Single(answers.Select(answer => $"{answer.Status} {answer.Body.ToJsonString()}").Distinct(StringComparer.Ordinal));
        await host.Shop.EndsOfAsync(Sku, [order], Token);
        Assert.Single(await host.HistoryAsync(order), step => step.Fork() is not null);
        Assert.Single(await LedgerAsync(host, order, "capture"));
    }

    [Fact]
    public async Task What_cannot_be_forked_is_refused_and_nothing_changes()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var (order, stuckAt) = await GetStuckAsync(connection, Deaf, "dispatch.shipment-packed");
        await using var host = await ForkingHost.StartAsync(connection);
        var before = await host.HistoryAsync(order);

        Assert.Equal((422, "fork-refused"), Problem(await host.ForkAsync(order, new { fromStep = stuckAt + 1 })));
        Assert.Equal((400, "invalid-request"), Problem(await host.ForkAsync(order, new { fromStep = 0 })));
        Assert.Equal((400, "invalid-request"), Problem(await host.ForkAsync(order, new { fromStep = stuckAt, plan = "0123456789abcdef" })));
        Assert.Equal((409, "fork-changed"), Problem(await host.ForkAsync(order, new { fromStep = stuckAt, plan = "0123456789abcdef", reason = "guessed" })));
        Assert.Equal((422, "card-number-refused"), Problem(await host.ForkAsync(order, new { fromStep = stuckAt, plan = "0123456789abcdef", reason = "4111 1111 1111 1111" })));
        Assert.Equal((403, "forbidden"), Problem(await host.ForkAsync(order, new { fromStep = stuckAt }, Shop.Shopper)));
        Assert.Equal((404, "not-found"), Problem(await host.ForkAsync(Guid.CreateVersion7().ToString(), new { fromStep = 1 })));
        Assert.Equal((404, "not-found"), Problem(await host.ForkAsync("nothing", new { fromStep = 1 })));

        Assert.Equal(before.Count, (await host.HistoryAsync(order)).Count);
    }

    /// <returns>An order that waits for ever, and the step that it should have moved on with.</returns>
    private static async Task<(string Order, int Step)> GetStuckAsync(string connection, OrderTransitions buggy, string ignored)
    {
        await using var host = await ForkingHost.StartAsync(connection, buggy);
        await host.Shop.StockAsync(Sku, 5, Token);
        var order = await host.Shop.BuyAsync(Sku, "tok_ok", Token);
        return (order, (await host.HasHeardAsync(order, ignored)).Step);
    }

    private static IEnumerable<string> Types(JsonNode? sends) => sends!.AsArray().Select(send => (string)send!["type"]!);

    private static async Task<List<LedgerLine>> LedgerAsync(ForkingHost host, string order, string operation) =>
        [.. (await host.Shop.LedgerByOrderAsync(Token))[order].Where(line => line.Operation == operation)];

    private static (int Status, string Slug) Problem((int Status, JsonNode Body) answer) =>
        (answer.Status, ((string)answer.Body["type"]!)["urn:orders:problem:".Length..]);
}
