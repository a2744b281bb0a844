using System.Net.Http.Headers;
using System.Text.Json;
using Orders.Tests.EndToEnd.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.MalformedInput;

/// <summary>Each kind of malformed input has its documented status, never a 5xx, and leaves no order behind.</summary>
[Collection(OnSharedHost.Name)]
public sealed class MalformedInputTests(SharedHost host)
{
    public static TheoryData<string> BadBodies => [.. BadOrders.Kinds];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task A_body_that_breaks_a_rule_is_refused(string kind)
    {
        var (json, status) = BadOrders.Of(kind);

        await RefusedAsync(Order(json), status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("with space")]
    [InlineData("\"unclosed")]
    [InlineData("256 characters")]
    public async Task A_missing_or_malformed_idempotency_key_is_refused(string? key)
    {
        var request = Shop.As(Shop.Shopper, HttpMethod.Post, "/api/orders", OrderBody.Of(BadOrders.Sku, "tok_ok"));
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key == "256 characters" ? new string('k', 256) : key);
        }

        await RefusedAsync(request, 400, "idempotency-key");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData(null)]
    public async Task A_body_of_another_content_type_is_refused(string? contentType)
    {
        var request = Order(OrderBody.Of(BadOrders.Sku, "tok_ok"));
        request.Content!.Headers.ContentType = contentType is null ? null : MediaTypeHeaderValue.Parse(contentType);

        await RefusedAsync(request, 415);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_refused()
    {
        var request = Order("{}");
        request.Content = new ByteArrayContent([(byte)'{', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        request.Content.Headers.ContentType = new("application/json");

        await RefusedAsync(request, 400);
    }

    [Fact]
    public async Task An_Accept_that_excludes_JSON_is_refused()
    {
        var request = Order(OrderBody.Of(BadOrders.Sku, "tok_ok"));
        request.Headers.Accept.ParseAdd("text/html");

        await RefusedAsync(request, 406);
    }

    [Theory]
    [InlineData("/api/orders/not-an-id", 404)]
    [InlineData("/api/orders/00000000-0000-0000-0000-000000000000", 404)]
    [InlineData("/api/orders?limit=0", 400)]
    [InlineData("/api/orders?limit=201", 400)]
    [InlineData("/api/orders?limit=many", 400)]
    [InlineData("/api/orders?limit=1&limit=2", 400)]
    [InlineData("/api/orders?cursor=made-up", 400)]
    [InlineData("/api/orders?status=lost", 400)]
    [InlineData("/api/orders?from=yesterday", 400)]
    [InlineData("/api/catalog?limit=-1", 400)]
    [InlineData("/api/catalog?cursor=%FF", 400)]
    [InlineData("/api/stock/no-such-item", 404)]
    [InlineData("/nowhere", 404)]
    public async Task A_path_or_query_that_means_nothing_is_refused(string path, int status) =>
        await RefusedAsync(Shop.As(Shop.Operator, HttpMethod.Get, path), status);

    private static HttpRequestMessage Order(string json)
    {
        var request = Shop.As(Shop.Shopper, HttpMethod.Post, "/api/orders", json);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        return request;
    }

    private async Task RefusedAsync(HttpRequestMessage request, int status, string? slug = null)
    {
        using var answer = await host.Shop.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        using var problem = JsonDocument.Parse(text);
        Assert.Equal(status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.StartsWith("urn:orders:problem:" + slug, problem.RootElement.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.RootElement.GetProperty("traceId").GetString()!);
        Assert.Empty(await host.Shop.OrdersOfAsync(BadOrders.Sku, Token));
        await host.Shop.HoldsAsync(Token);
    }
}
