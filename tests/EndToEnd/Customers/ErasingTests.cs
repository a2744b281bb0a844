using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;
using Orders.Tests.Support.Webhooks;

namespace Orders.Tests.EndToEnd.Customers;

public sealed class ErasingTests
{
    private const string Sku = "ribbon";
    private const string Own = "I am David Xiang and moved to 2 Elm St";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_who_asks_for_it_is_gone_from_orders_and_customers_until_they_come_back()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__Crm__Scheduled"] = "false" };
        await using var host = await RunningHost.StartAsync(settings, Token);
        using var crm = new Crm(host.Url);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, 10, Token);
        (await crm.Http.PutAsJsonAsync("/sim/crm/contacts/david", new { email = "david@example.com", name = "David Xiang" }, Token)).EnsureSuccessStatusCode();
        string[] orders = [await shop.BuyAsync(Sku, "tok_ok", Token), await shop.BuyAsync(Sku, "tok_slow", Token)];
        using (var cancelled = await shop.SendAsync(Shop.As(Shop.Shopper, HttpMethod.Post, $"/api/orders/{orders[1]}/cancel", $$"""{"reason":"{{Own}}"}"""), Token))
        {
            Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
        }

        var ended = await shop.EndsOfAsync(Sku, orders, Token);
        Assert.Equal(("completed", $"cancelled {Own}"), (ended[orders[0]].Outcome, ended[orders[1]].Outcome));
        Assert.Equal("david@example.com", (string?)(await OrderAsync(shop, orders[0]))["customer"]!["email"]);

        using var erased = await crm.Http.PostAsync("/api/customers/david/erase", null, Token);
        Assert.Equal(HttpStatusCode.Accepted, erased.StatusCode);

        await crm.SeesAsync("david", customer => (bool)customer["deleted"]! && customer["email"] is null && customer["erasedAt"] is not null, Token);
        foreach (var order in orders)
        {
            await NothingIsLeftAsync(shop, order);
        }

        await crm.TellAsync("stale", "david", 50, "late@example.com", Token);
        await RestsAsync(shop);
        await crm.SeesAsync("david", customer => (bool)customer["deleted"]! && customer["fields"]!.AsObject().Count == 0, Token);

        var fresh = $$$$"""{"type":"contact.created","timestamp":"{{{{TimeProvider.System.GetUtcNow():O}}}}","data":{"id":"david","version":60,"fields":{"email":"new@example.com"}}}""";
        Assert.Equal(HttpStatusCode.Accepted, await crm.SendAsync("fresh", Encoding.UTF8.GetBytes(fresh), Token));
        await crm.SeesAsync("david", customer => !(bool)customer["deleted"]! && (string?)customer["email"] == "new@example.com", Token);
        await NothingIsLeftAsync(shop, orders[0]);
        await shop.HoldsAsync(Token);
    }

    /// <summary>Neither the person nor their words; what was sold stays.</summary>
    private static Task NothingIsLeftAsync(Shop shop, string id) => Eventually.NothingIsMissingAsync(
        async _ =>
        {
            var order = await OrderAsync(shop, id);
            var text = order.ToJsonString();
            return order["userId"] is null && order["instructions"] is null && order["customer"] is null && (string?)order["total"]!["amount"] == OrderBody.Price
                && !text.Contains("Elm", StringComparison.Ordinal) && text.Contains("personal-data-erased", StringComparison.Ordinal) ? null : text;
        },
        Token);

    private static async Task<JsonNode> OrderAsync(Shop shop, string id) => await shop.GetAsync<JsonNode>($"/api/orders/{id}", Token);

    private static Task RestsAsync(Shop shop) => Eventually.NothingIsMissingAsync(
        async token => (await shop.GetAsync<List<QueueAnswer>>("/api/ops/queues", token)).Find(queue => queue.Ready > 0)?.ToString(), Token);
}
