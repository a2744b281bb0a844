using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Orders.Api.OrderViews;
using Orders.Contracts;
using static Orders.Tests.Integration.OrdersApi.OrdersApiFixture;

namespace Orders.Tests.Integration.OrdersApi;

public sealed class OrderViewsTests(OrdersApiFixture orders) : IClassFixture<OrdersApiFixture>
{
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly Money Total = new(1000, "USD");

    [Fact]
    public async Task An_order_is_followed_from_the_present_to_its_end()
    {
        var id = await orders.PlaceAsync();
        var following = orders.FollowAsync(id, "payment-voided");
        var elsewhere = orders.FollowAsync(id, "payment-voided", via: orders.OtherHttp);
        await RejectAsync(id);

        var (events, document) = await following;

        Assert.Contains("payment-voided", events[^1], StringComparison.Ordinal);
        Assert.Equal(("rejected", "out-of-stock"), (document["status"]!.GetValue<string>(), document["reason"]!.GetValue<string>()));
        Assert.Equal(events.Count, events.Distinct().Count());
        Assert.Contains("payment-voided", (await elsewhere).Events[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_back_gets_what_was_missed_and_after_the_end_nothing()
    {
        var id = await orders.PlaceAsync();
        await RejectAsync(id);
        await orders.FollowAsync(id, "payment-voided");

        var (events, _) = await orders.FollowAsync(id, "payment-voided", lastEventId: 1);

        Assert.Equal(["2 stock-short", "3 order-rejected", "4 payment-voided"], events);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{id}/events");
        request.Headers.Authorization = new("Bearer", "demo-operator");
        request.Headers.Add("Last-Event-ID", "1000");
        Assert.Equal(204, (int)(await orders.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_order_goes_to_the_door()
    {
        var sku = await orders.NewItemAsync();
        var id = await orders.PlaceAsync(sku);
        await orders.PublishAsync(new StockReserved(id, T0.AddMinutes(15), T0));
        await orders.PublishAsync(new PaymentAuthorised(id, Total, T0));
        await orders.FollowAsync(id, "order-confirmed");
        await orders.PublishAsync(new ShipmentPacked(id, [new(sku, 1)], T0));
        await orders.PublishAsync(new PaymentCaptured(id, Total, T0));
        await orders.PublishAsync(new ShipmentDispatched(id, "ups", "1Z", T0));
        await orders.PublishAsync(new StockCommitted(id, T0));

        var (_, document) = await orders.FollowAsync(id, "order-completed");

        Assert.Equal("completed", document["status"]!.GetValue<string>());
        Assert.Equal("1Z", document["shipment"]!["trackingNumber"]!.GetValue<string>());
        Assert.Equal(document["timeline"]!.AsArray().Count, document["version"]!.GetValue<int>());
        Assert.Equal("order-dispatched", await ProblemAsync(await orders.CancelAsync(id), 409));
    }

    [Fact]
    public async Task A_document_that_is_known_is_not_sent_again()
    {
        var path = $"/api/orders/{await orders.PlaceAsync()}";
        var tag = (await orders.GetAsync(path)).Headers.ETag!;

        Assert.False(tag.IsWeak);
        Assert.Equal(304, (int)(await orders.GetAsync(path, ifNoneMatch: tag.ToString())).StatusCode);
        Assert.Equal(304, (int)(await orders.GetAsync(path, ifNoneMatch: $"\"x\", W/{tag}")).StatusCode);
        Assert.Equal(304, (int)(await orders.GetAsync(path, ifNoneMatch: "*")).StatusCode);
        Assert.Equal(200, (int)(await orders.GetAsync(path, ifNoneMatch: "\"x\"")).StatusCode);
    }

    [Fact]
    public async Task What_a_caller_may_not_see_is_not_there()
    {
        var id = await orders.PlaceAsync();

        Assert.Equal(404, (int)(await orders.GetAsync($"/api/orders/{id}", "demo-shopper-2")).StatusCode);
        Assert.Equal(404, (int)(await orders.GetAsync($"/api/orders/{id}/events", "demo-shopper-2")).StatusCode);
        Assert.Equal(404, (int)(await orders.CancelAsync(id, token: "demo-shopper-2")).StatusCode);
        Assert.Equal(404, (int)(await orders.GetAsync("/api/orders/not-an-id")).StatusCode);
        Assert.Equal(401, (int)(await orders.GetAsync($"/api/orders/{id}", token: null)).StatusCode);
        Assert.Equal(200, (int)(await orders.GetAsync($"/api/orders/{id}", "demo-operator")).StatusCode);
    }

    [Fact]
    public async Task A_list_is_newest_first_in_pages_that_do_not_overlap()
    {
        var sku = await orders.NewItemAsync();
        var placed = new List<Guid>();
        for (var n = 0; n < 5; n++)
        {
            placed.Add(await orders.PlaceAsync(sku));
        }

        var (listed, path) = (new List<Guid>(), $"/api/orders?sku={sku}&limit=2");
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await JsonAsync(await orders.GetAsync(path + (cursor.Length == 0 ? "" : "&cursor=" + cursor)));
            listed.AddRange(Ids(page));
            cursor = page["next"]?.GetValue<string>();
        }

        // Newest first to the millisecond, which is what an id holds.
        Assert.Equal(placed.Order(), listed.Order());
        Assert.Equal(listed.Select(Millisecond).OrderDescending(), listed.Select(Millisecond));
    }

    [Fact]
    public async Task A_list_holds_what_meets_every_filter()
    {
        var sku = await orders.NewItemAsync();
        var (davids, rachels) = (await orders.PlaceAsync(sku), await orders.PlaceAsync(sku, "demo-shopper-2"));
        await RejectAsync(rachels);
        await orders.FollowAsync(rachels, "payment-voided");

        Assert.Equal([davids], await ListAsync($"sku={sku}", "demo-shopper"));
        Assert.Empty(await ListAsync($"sku={sku}&userId=rachel", "demo-shopper"));
        Assert.Equal(2, (await ListAsync($"sku={sku}", "demo-operator")).Count);
        Assert.Equal([rachels], await ListAsync($"sku={sku}&userId=rachel", "demo-operator"));
        Assert.Equal([rachels], await ListAsync($"sku={sku}&status=rejected", "demo-operator"));
        Assert.Empty(await ListAsync($"sku={sku}&status=cancelled", "demo-operator"));
        Assert.Empty(await ListAsync($"sku={sku}&to=2020-01-01T00:00:00Z", "demo-operator"));
        Assert.Equal(2, (await ListAsync($"sku={sku}&from=2020-01-01T00:00:00Z&to=2200-01-01T00:00:00Z", "demo-operator")).Count);
        Assert.Empty(await ListAsync($"sku={sku}&from=2200-01-01T00:00:00Z", "demo-operator"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=%00")]
    [InlineData("status=lost")]
    [InlineData("from=yesterday")]
    [InlineData("sku=%00")]
    [InlineData("sku=a&sku=b")]
    public async Task A_bad_list_is_the_askers_fault(string query) =>
        await ProblemAsync(await orders.GetAsync("/api/orders?" + query), 400);

    [Fact]
    public async Task A_cancelled_order_shows_it_and_may_be_cancelled_again()
    {
        var id = await orders.PlaceAsync();
        var answer = await orders.CancelAsync(id, """{"reason":"changed my mind"}""");
        Assert.Equal(202, (int)answer.StatusCode);
        var (_, cancelling) = await orders.FollowAsync(id, "order-cancelling", lastEventId: 0);
        Assert.Equal("changed my mind", cancelling["reason"]!.GetValue<string>());
        Assert.Equal(202, (int)(await orders.CancelAsync(id)).StatusCode);

        await orders.PublishAsync(new StockReleased(id, T0));
        await orders.PublishAsync(new PaymentVoided(id, T0));
        var (_, cancelled) = await orders.FollowAsync(id, "order-cancelled");

        Assert.Equal(("cancelled", "changed my mind"), (cancelled["status"]!.GetValue<string>(), cancelled["reason"]!.GetValue<string>()));
        Assert.Equal("cancelled", (await JsonAsync(await orders.CancelAsync(id)))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_rejected_order_cannot_be_cancelled()
    {
        var id = await orders.PlaceAsync();
        await RejectAsync(id);
        await orders.FollowAsync(id, "payment-voided");

        Assert.Equal("order-ended", await ProblemAsync(await orders.CancelAsync(id), 409));
    }

    [Fact]
    public async Task A_document_that_was_lost_comes_back_with_the_messages()
    {
        var id = await orders.PlaceAsync();
        var before = await JsonAsync(await orders.GetAsync($"/api/orders/{id}"));
        await orders.CountAsync($"WITH lost AS (DELETE FROM orders.order_view WHERE id = '{id}' RETURNING 1) SELECT count(*) FROM lost");
        var placed = new OrderPlaced(
            id, "david", DateTimeOffset.Parse(before["placedAt"]!.GetValue<string>(), System.Globalization.CultureInfo.InvariantCulture),
            false, null, [new(before["lines"]![0]!["sku"]!.GetValue<string>(), "Blue Jeans", 1, Total)], Total, new("tok_ok"),
            new("David Xiang", "1 Main St", "Springfield", "12345", "US"));
        using var watch = orders.Services.GetRequiredService<OrderSignals>().TryWatch(id)!;
        await orders.PublishAsync(placed);
        await orders.PublishAsync(new PaymentAuthorised(id, Total, T0));

        var after = await JsonAsync(await orders.GetAsync($"/api/orders/{id}"));
        while (after["payment"]?["status"]?.GetValue<string>() != "authorised")
        {
            await watch.WaitAsync(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
            after = await JsonAsync(await orders.GetAsync($"/api/orders/{id}"));
        }

        Assert.True(JsonNode.DeepEquals(before["lines"], after["lines"]));
    }

    /// <summary>Out of stock; the rejection has settled once the payment is voided.</summary>
    private async Task RejectAsync(Guid id)
    {
        await orders.PublishAsync(new StockShort(id, ["sku"], T0));
        await orders.FollowAsync(id, "order-rejected");
        await orders.PublishAsync(new PaymentVoided(id, T0));
    }

    private static IEnumerable<Guid> Ids(JsonNode page) => page["items"]!.AsArray().Select(item => item!["orderId"]!.GetValue<Guid>());

    private static string Millisecond(Guid id) => id.ToString("N")[..12];

    private async Task<List<Guid>> ListAsync(string query, string token) =>
        [.. Ids(await JsonAsync(await orders.GetAsync("/api/orders?" + query, token)))];
}
