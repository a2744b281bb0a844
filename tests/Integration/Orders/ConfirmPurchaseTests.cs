using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orders.Api.ConfirmPurchase;
using Orders.Contracts;
using static Orders.Tests.Integration.OrdersApi.OrdersApiFixture;

namespace Orders.Tests.Integration.OrdersApi;

public sealed class ConfirmPurchaseTests(OrdersApiFixture orders) : IClassFixture<OrdersApiFixture>
{
    [Fact]
    public async Task A_confirm_is_accepted_and_the_order_is_there_at_once()
    {
        var answer = await orders.ConfirmAsync(Body(await orders.NewItemAsync(), quantity: 3));

        Assert.Equal(202, (int)answer.StatusCode);
        var accepted = await JsonAsync(answer);
        Assert.Equal("accepted", accepted["status"]!.GetValue<string>());
        Assert.Equal("30.00", accepted["total"]!["amount"]!.GetValue<string>());
        Assert.EndsWith("Z", accepted["placedAt"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(accepted["accessToken"]);
        var order = await JsonAsync(await orders.GetAsync(answer.Headers.Location!.ToString()));
        Assert.Equal((1, "accepted"), (order["version"]!.GetValue<int>(), order["status"]!.GetValue<string>()));
        Assert.Equal(accepted["placedAt"]!.GetValue<string>(), order["placedAt"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_same_confirm_again_has_the_same_answer()
    {
        var body = Body(await orders.NewItemAsync());
        var first = await orders.ConfirmAsync(body, "same-again");
        var again = await orders.ConfirmAsync(body, "\"same-again\"");

        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
    }

    [Fact]
    public async Task Another_purchase_under_the_key_is_refused_and_another_callers_key_is_not_this_one()
    {
        var sku = await orders.NewItemAsync();
        await orders.ConfirmAsync(Body(sku), "one-key");

        Assert.Equal("idempotency-key-reused", await ProblemAsync(await orders.ConfirmAsync(Body(sku, quantity: 2), "one-key"), 422));
        Assert.Equal(202, (int)(await orders.ConfirmAsync(Body(sku, quantity: 2), "one-key", "demo-shopper-2")).StatusCode);
    }

    [Fact]
    public async Task Five_hundred_identical_confirms_at_two_processes_make_one_order()
    {
        var sku = await orders.NewItemAsync();
        // Known before, at each of them: no more than 200 may wait for news of an item.
        await Task.WhenAll(orders.ConfirmAsync(Body(sku, amount: "0.01"), "probe-1"), orders.ConfirmAsync(Body(sku, amount: "0.01"), "probe-2", via: orders.OtherHttp));
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(n =>
            orders.ConfirmAsync(Body(sku), "all-at-once", via: n % 2 == 0 ? orders.Http : orders.OtherHttp)));

        Assert.All(answers, answer => Assert.Equal(202, (int)answer.StatusCode));
        var ids = await Task.WhenAll(answers.Select(async answer => (await JsonAsync(answer))["orderId"]!.GetValue<Guid>()));
        Assert.Single(ids.Distinct());
        Assert.Equal(1, answers.Count(answer => !answer.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal(1, await orders.CountAsync($"SELECT count(*) FROM orders.order_view WHERE skus @> ARRAY['{sku}']"));
    }

    [Fact]
    public async Task A_shopper_who_is_quicker_than_the_catalogue_is_waited_for()
    {
        var sku = "sku-" + Guid.CreateVersion7().ToString("N");
        var confirming = orders.ConfirmAsync(Body(sku));
        await orders.PublishAsync(new CatalogItemChanged(sku, "New", new(1000, "USD"), 1, DateTimeOffset.UnixEpoch));

        Assert.Equal(202, (int)(await confirming).StatusCode);
    }

    [Fact]
    public async Task An_older_version_of_an_item_does_not_come_back()
    {
        var sku = await orders.NewItemAsync(1000);
        await orders.PublishAsync(new CatalogItemChanged(sku, "Newer", new(2000, "USD"), 3, DateTimeOffset.UnixEpoch));
        await orders.PublishAsync(new CatalogItemChanged(sku, "Older", new(1500, "USD"), 2, DateTimeOffset.UnixEpoch));
        await orders.PlaceAsync(await orders.NewItemAsync());

        Assert.Equal(202, (int)(await orders.ConfirmAsync(Body(sku, "20.00"))).StatusCode);
        Assert.Equal(1, await orders.CountAsync($"SELECT count(*) FROM orders.catalog WHERE sku = '{sku}' AND version = 3 AND price = 2000"));
    }

    [Fact]
    public async Task Refusals_name_their_reason()
    {
        var sku = await orders.NewItemAsync();
        await orders.PlaceAsync(sku);

        Assert.Equal("unknown-sku", await ProblemAsync(await orders.ConfirmAsync(Body("nowhere")), 422));
        var changed = await orders.ConfirmAsync(Body(sku, "9.99"));
        Assert.Contains("10.00 USD", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("price-changed", await ProblemAsync(changed, 422));
        Assert.Equal(
            $$$"""[{"sku":"{{{sku}}}","unitPrice":{"amount":"10.00","currency":"USD"}}]""",
            (await JsonAsync(changed))["currentPrices"]!.ToJsonString());
        Assert.Equal("idempotency-key", await ProblemAsync(await orders.ConfirmAsync(Body(sku), "no spaces"), 400));
        Assert.Equal("unauthorized", await ProblemAsync(await orders.ConfirmAsync(Body(sku), token: "nobody"), 401));
        Assert.Equal("forbidden", await ProblemAsync(await orders.ConfirmAsync(Body(sku), token: "demo-partner"), 403));
    }

    [Fact]
    public async Task A_card_number_is_neither_taken_nor_kept()
    {
        var body = Body(await orders.NewItemAsync());
        body["instructions"] = "charge 4111 1111 1111 1111";

        Assert.Equal("card-number-refused", await ProblemAsync(await orders.ConfirmAsync(body), 422));
        Assert.Equal(0, await orders.CountAsync("SELECT count(*) FROM orders.order_view WHERE document LIKE '%4111%1111%'"));
    }

    [Fact]
    public async Task A_guests_token_opens_that_order_alone()
    {
        var sku = await orders.NewItemAsync();
        var accepted = await JsonAsync(await orders.ConfirmAsync(Body(sku), "guest-key", token: null));
        var again = await JsonAsync(await orders.ConfirmAsync(Body(sku), "guest-key", token: null));
        var token = accepted["accessToken"]!.GetValue<string>();
        var others = await orders.PlaceAsync(sku);

        Assert.True(JsonNode.DeepEquals(accepted, again));
        Assert.Equal(200, (int)(await orders.GetAsync($"/api/orders/{accepted["orderId"]}", token)).StatusCode);
        Assert.Equal(404, (int)(await orders.GetAsync($"/api/orders/{others}", token)).StatusCode);
        Assert.Equal(404, (int)(await orders.GetAsync($"/api/orders/{accepted["orderId"]}", "demo-shopper")).StatusCode);
    }

    [Fact]
    public async Task One_bad_confirm_does_not_fail_the_others_of_its_batch()
    {
        var sku = await orders.NewItemAsync();
        await orders.PlaceAsync(sku);
        var purchase = PurchaseChecks.Check(new([new(sku, 1, new(1000, "USD"))], new("tok_ok"), new("n", "l", "c", "p", "US")));
        var queue = new ConfirmQueue();
        PendingConfirm[] pending =
        [
            .. new[] { "ann", "no\0body", "bob" }.Select(user => queue.TryAdd(
                new(IdempotencyKey.Of(user.Replace('\0', '-'), new(user, "shopper", null)), "AA", user, purchase))!),
        ];
        using var committer = new ConfirmCommitter(queue, orders.Services.GetRequiredService<ConfirmBatch>(), orders.Services.GetRequiredService<ConfirmPace>());
        await committer.StartAsync(CancellationToken.None);

        Assert.IsType<ConfirmOutcome.Accepted>(await pending[0].Outcome);
        await Assert.ThrowsAnyAsync<Exception>(() => pending[1].Outcome);
        Assert.IsType<ConfirmOutcome.Accepted>(await pending[2].Outcome);
        await committer.StopAsync(CancellationToken.None);
        Assert.Null(queue.TryAdd(pending[0].Request));
    }

    [Fact]
    public async Task Old_keys_are_forgotten_and_young_ones_are_not()
    {
        var sku = await orders.NewItemAsync();
        await orders.ConfirmAsync(Body(sku), "young");
        await orders.ConfirmAsync(Body(sku), "old");
        await orders.CountAsync(
            $"""
            WITH aged AS (
                UPDATE orders.confirm_key SET placed_at = placed_at - interval '31 days'
                WHERE order_id = (SELECT max(id::text)::uuid FROM orders.order_view WHERE skus @> ARRAY['{sku}']) RETURNING 1)
            SELECT count(*) FROM aged
            """);
        var job = ActivatorUtilities.CreateInstance<PurgeConfirmKeysJob>(orders.Services);
        await job.Execute(null!, CancellationToken.None);

        Assert.True((await orders.ConfirmAsync(Body(sku), "young")).Headers.Contains("Idempotency-Replayed"));
        Assert.False((await orders.ConfirmAsync(Body(sku), "old")).Headers.Contains("Idempotency-Replayed"));
    }
}
