using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orders.Contracts;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Inventory;

public sealed class CatalogAndAdjustmentTests(PostgresServer server)
{
    [Fact]
    public async Task An_item_is_created_changed_and_left_alone()
    {
        await using var shop = await OpenAsync();
        Assert.Equal(HttpStatusCode.Created, (await shop.PutAsync("tea", "Tea")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shop.PutAsync("tea", "Tea")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shop.PutAsync("tea", "Green tea", "0.00")).StatusCode);
        Assert.Equal(2, await shop.CountAsync("SELECT version FROM inventory.catalog_item"));
        Assert.Equal(2, await shop.CountAsync("SELECT count(*) FROM bus.message WHERE type = 'inventory.catalog-item-changed'"));
        var item = (await shop.Http.GetFromJsonAsync<JsonObject>("/api/catalog/tea"))!;
        Assert.Equal(
            """{"sku":"tea","name":"Green tea","unitPrice":{"amount":"0.00","currency":"USD"},"available":0}""", item.ToJsonString());
    }

    [Fact]
    public async Task The_same_item_created_at_once_is_created_once()
    {
        await using var shop = await OpenAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.PutAsync("tea", "Tea")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.All(answers, answer => Assert.True(answer.IsSuccessStatusCode));
    }

    [Fact]
    public async Task The_list_is_paged_and_searched()
    {
        await using var shop = await OpenAsync();
        foreach (var (sku, name) in new[] { ("a1", "Tea pot"), ("a2", "Cup"), ("b1", "100% wool"), ("b2", "Teaspoon") })
        {
            await shop.PutAsync(sku, name);
        }

        var first = (await shop.Http.GetFromJsonAsync<JsonObject>("/api/catalog?limit=3"))!;
        Assert.Equal(["a1", "a2", "b1"], Skus(first));
        var second = (await shop.Http.GetFromJsonAsync<JsonObject>($"/api/catalog?limit=3&cursor={first["next"]}"))!;
        Assert.Equal(["b2"], Skus(second));
        Assert.Null(second["next"]);
        Assert.Equal(["a1", "b2"], Skus((await shop.Http.GetFromJsonAsync<JsonObject>("/api/catalog?query=tea"))!));
        Assert.Equal(["a1", "a2"], Skus((await shop.Http.GetFromJsonAsync<JsonObject>("/api/catalog?query=A"))!.AsObject()).Take(2));
        Assert.Equal(["b1"], Skus((await shop.Http.GetFromJsonAsync<JsonObject>("/api/catalog?query=0%25"))!));
    }

    [Theory]
    [InlineData("/api/catalog?cursor=%21")]
    [InlineData("/api/catalog?cursor=IA")]
    [InlineData("/api/catalog?limit=0")]
    [InlineData("/api/catalog?query=a&query=b")]
    public async Task A_bad_list_request_is_a_400(string path)
    {
        await using var shop = await OpenAsync();
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Http.GetAsync(path)).StatusCode);
    }

    [Theory]
    [InlineData("tea", """{"name":"","unitPrice":{"amount":"1.00","currency":"USD"}}""")]
    [InlineData("tea", """{"name":"Tea","unitPrice":{"amount":"-1.00","currency":"USD"}}""")]
    [InlineData("tea", """{"name":"Tea","unitPrice":{"amount":"1.0","currency":"USD"}}""")]
    [InlineData("tea", """{"name":"Tea"}""")]
    [InlineData("tea", """{"name":"Tea","unitPrice":{"amount":"1.00","currency":"USD"},"stock":1}""")]
    [InlineData("%20tea", """{"name":"Tea","unitPrice":{"amount":"1.00","currency":"USD"}}""")]
    public async Task A_bad_item_is_a_400(string sku, string body)
    {
        await using var shop = await OpenAsync();
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Http.PutAsync("/api/catalog/" + sku, content)).StatusCode);
    }

    [Fact]
    public async Task An_adjustment_counts_once_a_key()
    {
        await using var shop = await OpenAsync();
        await shop.PutAsync("tea");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => shop.AdjustAsync("tea", 7, "k1")));
        foreach (var answer in answers)
        {
            Assert.Equal("""{"sku":"tea","onHand":7,"held":0,"available":7}""", await answer.Content.ReadAsStringAsync());
        }

        Assert.Equal(9, answers.Count(answer => answer.Headers.Contains("Idempotency-Replayed")));
        Assert.Equal((7, 0, 0, 7, 7), await shop.LevelAsync("tea"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.AdjustAsync("tea", 8, "k1")).StatusCode);
        Assert.Equal(0, await shop.ItemsThatDoNotAddUpAsync());
    }

    [Fact]
    public async Task Held_units_cannot_be_taken_away_and_the_key_stays_free()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 20);
        await shop.PublishAsync(Shop.Order(("tea", 8)));
        await shop.NextAsync<StockReserved>();
        var refused = await shop.AdjustAsync("tea", -13, "k1");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("urn:orders:problem:insufficient-stock", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await shop.AdjustAsync("tea", -12, "k1")).StatusCode);
        Assert.Equal((8, 8, 0, 0, 8), await shop.LevelAsync("tea"));
        Assert.Equal(0, (await shop.NextAsync<StockLow>()).Available);
    }

    [Fact]
    public async Task What_is_missing_or_unknown_is_said()
    {
        await using var shop = await OpenAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await shop.AdjustAsync("nothing", 1, "k1")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.AdjustAsync("nothing", 0, "k1")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await shop.Http.PostAsJsonAsync("/api/stock-adjustments", new { })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Http.GetAsync("/api/stock/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await shop.Http.GetAsync("/api/catalog/nothing")).StatusCode);
        shop.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-shopper");
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.Http.GetAsync("/api/stock/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await shop.PutAsync("tea")).StatusCode);
    }

    private static IEnumerable<string> Skus(JsonObject page) => page["items"]!.AsArray().Select(item => (string)item!["sku"]!);

    private async Task<Shop> OpenAsync() => await Shop.OpenAsync(await server.CreateDatabaseAsync());
}
