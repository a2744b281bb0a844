using System.Text.Json.Nodes;
using Orders.Contracts;
using Orders.Tests.Support.Running;
using static Orders.Tests.Integration.OrdersApi.OrdersApiFixture;

namespace Orders.Tests.Integration.OrdersApi;

public sealed class ErasingOrdersTests(OrdersApiFixture orders) : IClassFixture<OrdersApiFixture>
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_order_that_has_ended_is_erased_once_and_one_under_way_when_it_has()
    {
        var (ended, underWay) = (await PlaceAsync(), await PlaceAsync());
        await RejectAsync(ended);
        await EraseAsync();
        await EraseAsync();

        await ErasedAsync(ended);
        await orders.NothingWaitsAsync();
        Assert.Equal("Ring twice, David", (string?)(await ShownAsync(underWay))["instructions"]);
        await RejectAsync(underWay);
        await AnHourLaterAsync();
        await ErasedAsync(underWay);
        await NoLookIsToComeAsync();

        Assert.Equal(2, await orders.CountAsync($"select count(*) from bus.message where type = 'orders.order-erased' and key in ('{ended}', '{underWay}')"));
        Assert.Equal(0, await orders.CountAsync($"select count(*) from orders.order_view where user_id = 'david' and id in ('{ended}', '{underWay}')"));
        Assert.Equal(404, (int)(await orders.GetAsync($"/api/orders/{ended}")).StatusCode);
        var left = await ShownAsync(ended);
        Assert.Equal((null, null, "rejected", "out-of-stock"), ((string?)left["userId"], (string?)left["instructions"], (string?)left["status"], (string?)left["reason"]));
        Assert.Equal("10.00", (string?)left["total"]!["amount"]);
        Assert.Equal(left["timeline"]!.AsArray().Count, (int)left["version"]!);
    }

    [Fact]
    public async Task What_is_placed_later_and_what_others_placed_stays()
    {
        var others = await PlaceAsync("demo-shopper-2");
        await RejectAsync(others);
        // Rachel's was placed after the time of this erasure, and David's is none of hers.
        await orders.PublishAsync(new CustomerErased("rachel", ["demo"], T0.AddYears(-10)));
        await EraseAsync();
        await orders.NothingWaitsAsync();

        var shown = await ShownAsync(others);
        Assert.Equal(("rachel", "Ring twice, David"), ((string?)shown["userId"], (string?)shown["instructions"]));
    }

    [Fact]
    public async Task More_orders_than_a_piece_holds_are_all_erased()
    {
        await orders.CountAsync("""
            WITH many AS (
                INSERT INTO orders.order_view (id, user_id, skus, status, version, document)
                SELECT id, 'many', '{}', 'completed', 1, replace(replace(document, orderid, id::text), '"status":"accepted"', '"status":"completed"')
                FROM (SELECT overlay(gen_random_uuid()::text placing '0199c000-0000-7' from 1)::uuid AS id FROM generate_series(1, 450)) AS new,
                     (SELECT document, id::text AS orderid FROM orders.order_view WHERE id = $placed$PLACED$placed$) AS one
                RETURNING 1)
            SELECT count(*) FROM many
            """.Replace("PLACED", (await PlaceAsync("demo-shopper-2")).ToString(), StringComparison.Ordinal));
        await EraseAsync("many");
        await orders.NothingWaitsAsync();

        Assert.Equal(0, await orders.CountAsync("select count(*) from orders.order_view where user_id = 'many'"));
        Assert.Equal(450, await orders.CountAsync("select count(*) from orders.order_view where id < '0199c001-0000-0000-0000-000000000000' and user_id is null and document like '%personal-data-erased%' and version = 2"));
    }

    private async Task<Guid> PlaceAsync(string token = "demo-shopper")
    {
        var body = Body(await orders.NewItemAsync());
        body["instructions"] = "Ring twice, David";
        return (await JsonAsync(await orders.ConfirmAsync(body, token: token)))["orderId"]!.GetValue<Guid>();
    }

    private async Task RejectAsync(Guid id)
    {
        await orders.PublishAsync(new StockShort(id, ["sku"], T0));
        await orders.FollowAsync(id, "order-rejected");
        await orders.PublishAsync(new PaymentVoided(id, T0));
        await orders.FollowAsync(id, "payment-voided");
    }

    private Task EraseAsync(string user = "david") => orders.PublishAsync(new CustomerErased(user, ["demo"], TimeProvider.System.GetUtcNow()));

    private async Task<JsonNode> ShownAsync(Guid id) => await JsonAsync(await orders.GetAsync($"/api/orders/{id}", "demo-operator"));

    private Task ErasedAsync(Guid id) => Eventually.NothingIsMissingAsync(
        async _ => await ShownAsync(id) is var order && (string?)order["timeline"]!.AsArray()[^1]!["event"] == "personal-data-erased" ? null : order.ToJsonString(), Token);

    /// <summary>A look that finds nothing is the last one.</summary>
    private Task NoLookIsToComeAsync() => Eventually.NothingIsMissingAsync(
        async _ => await AnHourLaterAsync() == 0 && await orders.CountAsync(OrdersApiFixture.Waiting) == 0 ? null : "it looks again and again", Token);

    private Task<long> AnHourLaterAsync() => orders.CountAsync("""
        with due as (
            update bus.delayed set due_at = bus.now() from bus.message where message.id = delayed.message and type = 'orders.erase-orders' returning 1)
        select count(*) from due
        """);
}
