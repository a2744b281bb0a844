using Orders.Tests.Integration.OrdersApi;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>What the process answers is what the document says.</summary>
public sealed class AnswerTests(DescribedHost host) : IClassFixture<DescribedHost>
{
    private const string Sku = "ribbon";

    [Fact]
    public async Task Every_answer_of_a_run_is_as_documented()
    {
        await AsDocumentedAsync(201, "PUT", "/api/catalog/" + Sku, Item("Ribbon"));
        await AsDocumentedAsync(200, "PUT", "/api/catalog/" + Sku, Item("Red ribbon"));
        await AsDocumentedAsync(200, "POST", "/api/stock-adjustments", new { sku = Sku, delta = 5, reason = "bought" });
        await AsDocumentedAsync(200, "POST", "/api/stock-adjustments", new { sku = Sku, delta = 5, reason = "bought" });
        await AsDocumentedAsync(422, "POST", "/api/stock-adjustments", new { sku = Sku, delta = 6, reason = "bought" });
        await AsDocumentedAsync(201, "POST", "/api/gift-cards", new { amount = new { amount = "5.00", currency = "USD" }, code = "GIFT" });
        var order = await OrderAsync();
        await ReadsAsync(order);
        await AsDocumentedAsync(202, "POST", $"/api/orders/{order}/cancel", new { reason = "no longer needed" });
        await AsDocumentedAsync(400, "POST", $"/api/orders/{order}/cancel", new { because = "no longer needed" });
        await host.DrainedAsync();
        await AsDocumentedAsync(200, "POST", $"/api/orders/{order}/fork", new { fromStep = 1 });
        await AsDocumentedAsync(422, "POST", $"/api/orders/{order}/fork", new { fromStep = 1_000 });
        await AsDocumentedAsync(409, "POST", $"/api/orders/{order}/fork", new { fromStep = 1, plan = "0123456789abcdef", reason = "guessed" });
        await AsDocumentedAsync(400, "POST", $"/api/orders/{order}/fork", new { fromStep = 1, plan = "0123456789abcdef" });
        await FailedMessageAsync(order);
        await CustomersAsync();
        await PartnersAsync();
    }

    private async Task CustomersAsync()
    {
        await host.SendAsync("PUT", "/sim/crm/contacts/003", new { email = "a@b.c" });
        await AsDocumentedAsync(200, "POST", "/api/ops/crm/demo/reconcile");
        await AsDocumentedAsync(404, "POST", "/api/ops/crm/nobody/reconcile");
        await AsDocumentedAsync(200, "GET", "/api/customers/003?source=demo");
        await AsDocumentedAsync(404, "GET", "/api/customers/nobody");
        Assert.Single((await AsDocumentedAsync(200, "GET", "/api/customers?email=A@b.c")).Body!["items"]!.AsArray());
        await AsDocumentedAsync(400, "GET", "/api/customers?cursor=***");
        await AsDocumentedAsync(400, "GET", "/api/customers?email=");
        var erased = (await AsDocumentedAsync(202, "POST", "/api/customers/003/erase")).Body!["erasedAt"]!.GetValue<string>();
        Assert.Equal(erased, (await AsDocumentedAsync(202, "POST", "/api/customers/003/erase", new { again = false })).Body!["erasedAt"]!.GetValue<string>());
        await AsDocumentedAsync(400, "POST", "/api/customers/003/erase", new { again = "yes" });
        await AsDocumentedAsync(404, "POST", "/api/customers/a%07b/erase");
        await host.DrainedAsync();
        Assert.Equal(erased, (await AsDocumentedAsync(200, "GET", "/api/customers/003?source=demo")).Body!["erasedAt"]!.GetValue<string>());
        await AsDocumentedAsync(404, "POST", "/webhooks/crm/nobody", new { });
        await AsDocumentedAsync(401, "POST", "/webhooks/crm/demo", new { });
        await AsDocumentedAsync(400, "POST", "/webhooks/crm/salesforce?key=demo-key", new { });
    }

    private async Task PartnersAsync()
    {
        const string all = "/api/webhook-endpoints";
        var added = await PartnerAsync(201, "POST", "", new { url = "https://partner.example.com/hooks", events = new[] { "order.completed" } });
        var one = $"/{added.Body!["id"]}";
        await PartnerAsync(422, "POST", "", new { url = "https://127.0.0.1/", events = new[] { "order.completed" } });
        await PartnerAsync(400, "POST", "", new { url = "https://partner.example.com/hooks", events = new[] { "order.lost" } });
        await PartnerAsync(200, "GET", "?limit=1");
        await PartnerAsync(400, "GET", "?cursor=***");
        await PartnerAsync(200, "GET", one);
        await PartnerAsync(404, "GET", "/nothing");
        // Nothing is sent: the name may stand for somebody.
        await PartnerAsync(200, "PATCH", one, new { enabled = false });
        await PartnerAsync(422, "PATCH", one, new { url = "http://partner.example.com/" });
        await PartnerAsync(200, "POST", one + "/rotate-secret");
        var delivery = $"{one}/deliveries/{(await PartnerAsync(202, "POST", one + "/test")).Body!["deliveryId"]}";
        await PartnerAsync(200, "GET", one + "/deliveries?status=pending");
        await PartnerAsync(400, "GET", one + "/deliveries?status=lost");
        await PartnerAsync(200, "GET", delivery);
        await PartnerAsync(202, "POST", delivery + "/redeliver");
        await PartnerAsync(202, "POST", one + "/replay", new { from = "2026-01-01T00:00:00Z", to = "2026-02-01T00:00:00Z" });
        await PartnerAsync(400, "POST", one + "/replay", new { from = "2026-02-01T00:00:00Z", to = "2026-02-01T00:00:00Z" });
        await PartnerAsync(204, "DELETE", one);
        await PartnerAsync(404, "DELETE", one);
        await AsDocumentedAsync(403, "GET", all);
        await AsDocumentedAsync(401, "GET", all, token: "unknown");

        Task<DocumentedAnswer> PartnerAsync(int status, string method, string path, object? body = null) =>
            AsDocumentedAsync(status, method, all + path, body, "demo-partner");
    }

    private async Task ReadsAsync(string order)
    {
        var shown = await AsDocumentedAsync(200, "GET", "/api/orders/" + order);
        var etag = shown.ETag;
        await AsDocumentedAsync(200, "GET", "/api/orders?limit=1");
        await AsDocumentedAsync(304, "GET", "/api/orders/" + order, etag: etag);
        await KnownCustomerAsync(order);
        string[] found =
        [
            "/api/catalog?query=rib", "/api/catalog/" + Sku, "/api/stock/" + Sku, "/api/gift-cards/GIFT", "/api/recommendations/" + Sku,
            "/api/analytics/sales", "/api/analytics/sales?interval=hour&sku=" + Sku, "/api/analytics/top?by=revenue",
            "/api/ops/queues", "/api/ops/verify", "/health/live", "/health/ready", "/metrics",
        ];
        foreach (var path in found)
        {
            Assert.NotEqual("[]", (await AsDocumentedAsync(200, "GET", path)).Body!.ToJsonString());
        }

        // Of an order that goes on: a GET would follow it to its end.
        Assert.Equal(200, (await host.SendAsync("HEAD", $"/api/orders/{order}/events")).Status);
        await AsDocumentedAsync(404, "GET", "/api/orders/nothing");
        await AsDocumentedAsync(404, "GET", "/api/ops/failed/nothing");
        await AsDocumentedAsync(400, "GET", "/api/orders?limit=0&status=lost");
        await AsDocumentedAsync(400, "GET", "/api/orders?status=lost");
        await AsDocumentedAsync(400, "GET", "/api/catalog?cursor=***");
        await AsDocumentedAsync(400, "GET", "/api/analytics/top?by=colour");
        await AsDocumentedAsync(403, "GET", "/api/ops/verify", token: "demo-shopper");
        await AsDocumentedAsync(401, "GET", "/metrics", token: "unknown");
    }

    /// <summary>Shoppers read orders without it.</summary>
    private async Task KnownCustomerAsync(string order)
    {
        await host.SendAsync("PUT", "/sim/crm/contacts/david", new { email = "david@b.c" });
        await AsDocumentedAsync(200, "POST", "/api/ops/crm/demo/reconcile");
        await host.DrainedAsync();
        Assert.Equal("david@b.c", (await AsDocumentedAsync(200, "GET", "/api/orders/" + order)).Body!["customer"]!["email"]!.GetValue<string>());
        await AsDocumentedAsync(200, "GET", "/api/orders?userId=david");
        Assert.Null((await AsDocumentedAsync(200, "GET", "/api/orders/" + order, token: "demo-shopper")).Body!["customer"]);
        await AsDocumentedAsync(200, "GET", "/api/orders", token: "demo-shopper");
    }

    private async Task<string> OrderAsync()
    {
        await host.SendAsync("PUT", "/api/catalog/" + Sku, Item("Red ribbon"));
        await host.SendAsync("PUT", "/api/catalog/bow", Item("Bow"));
        await host.SendAsync("POST", "/api/stock-adjustments?of=bow", new { sku = "bow", delta = 5, reason = "bought" });
        var body = OrdersApiFixture.Body(Sku);
        // Never paid for, so that it can be cancelled whenever the test comes to it.
        body["payment"]!["cardToken"] = "tok_unresolved";
        body["lines"]!.AsArray().Add(OrdersApiFixture.Body("bow")["lines"]![0]!.DeepClone());
        await AsDocumentedAsync(202, "POST", "/api/orders", body, token: "demo-shopper");
        var again = await AsDocumentedAsync(202, "POST", "/api/orders", body, token: "demo-shopper");
        await AsDocumentedAsync(422, "POST", "/api/orders", OrdersApiFixture.Body(Sku, quantity: 2), token: "demo-shopper");
        Assert.NotNull((await AsDocumentedAsync(422, "POST", "/api/orders?at=2", OrdersApiFixture.Body(Sku, "1.00"), token: "demo-shopper")).Body!["currentPrices"]);
        await AsDocumentedAsync(400, "POST", "/api/orders", OrdersApiFixture.Body("", quantity: 0), token: "demo-shopper");
        await AsDocumentedAsync(403, "POST", "/api/orders", body);
        await host.DrainedAsync();
        return again.Body!["orderId"]!.GetValue<string>();
    }

    private async Task FailedMessageAsync(string order)
    {
        var id = await PlantAsync(order);
        Assert.Single((await AsDocumentedAsync(200, "GET", "/api/ops/failed")).Body!["items"]!.AsArray());
        await AsDocumentedAsync(200, "GET", "/api/ops/failed/" + id);
        await AsDocumentedAsync(400, "POST", $"/api/ops/failed/{id}/discard", new { reason = "" });
        var refused = await AsDocumentedAsync(422, "POST", $"/api/ops/failed/{id}/discard", new { reason = "see 4111 1111 1111 1111" });
        Assert.Equal("/reason", Assert.Single(refused.Body!["errors"]!.AsObject()).Key);
        await AsDocumentedAsync(200, "POST", $"/api/ops/failed/{id}/discard", new { reason = "planted" });
        await AsDocumentedAsync(200, "POST", $"/api/ops/failed/{id}/retry");
        await EditedMessageAsync(await PlantAsync(order));
        var run = (await AsDocumentedAsync(202, "POST", "/api/ops/failed/retry", new { endpoint = "nowhere", perSecond = 5 })).Body!["id"]!;
        await AsDocumentedAsync(400, "POST", "/api/ops/failed/retry", new { perSecond = 0 });
        await AsDocumentedAsync(400, "POST", "/api/ops/failed/retry", new { endpoint = "", perSecond = 5 });
        await AsDocumentedAsync(200, "GET", "/api/ops/failed/retries/" + run);
        await AsDocumentedAsync(200, "POST", $"/api/ops/failed/retries/{run}/stop");
        await AsDocumentedAsync(404, "POST", $"/api/ops/failed/retries/{id}/stop");
        Assert.Single((await AsDocumentedAsync(200, "GET", "/api/ops/failed/retries")).Body!["items"]!.AsArray());
        Assert.Single((await AsDocumentedAsync(200, "GET", "/api/ops/audit?subject=" + id)).Body!["items"]!.AsArray());
        await AsDocumentedAsync(400, "GET", "/api/ops/audit?subject=nobody");
    }

    private async Task EditedMessageAsync(Guid id)
    {
        var path = $"/api/ops/failed/{id}/edit-and-retry";
        await AsDocumentedAsync(400, "POST", path, new { });
        Assert.Equal("/body", await RefusedAsync("no json"));
        Assert.Equal("/body", await RefusedAsync(new { orderId = 7 }));
        Assert.Equal("/body/note/0", await RefusedAsync(new { note = new[] { "4111 1111 1111 1111" } }));
        Assert.Equal("/headers", Assert.Single((await AsDocumentedAsync(422, "POST", path, new { headers = new Dictionary<string, string> { [Orders.Bus.Headers.MessageId] = "1" } })).Body!["errors"]!.AsObject()).Key);
        var edited = await AsDocumentedAsync(200, "POST", path, new { headers = new { why = "to see" } });
        Assert.Equal("retried", edited.Body!["resolution"]!.GetValue<string>());
        Assert.NotNull(edited.Body["editedAs"]);

        async Task<string> RefusedAsync(object body) => Assert.Single((await AsDocumentedAsync(422, "POST", path, new { body })).Body!["errors"]!.AsObject()).Key;
    }

    private async Task<Guid> PlantAsync(string order)
    {
        var id = Guid.CreateVersion7();
        await host.ExecuteAsync($"""
            INSERT INTO bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
            SELECT '{id}', (SELECT min(id) FROM bus.endpoint), 0, id, 5, 'planted', 'none', 'none' FROM bus.message
            WHERE key = '{order}' AND type = 'orders.order-placed'
            """);
        return id;
    }

    private async Task<DocumentedAnswer> AsDocumentedAsync(
        int status, string method, string path, object? body = null, string token = "demo-operator", string? etag = null)
    {
        var answer = await host.SendAsync(method, path, body, token, etag);
        Assert.True(answer.Status == status, $"{method} {path} answered {answer.Status}: {answer.Body?.ToJsonString()}");
        Assert.Empty(answer.Faults);
        return answer;
    }

    private static object Item(string name) => new { name, unitPrice = new { amount = "10.00", currency = "USD" } };
}
