using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Serialization.Metadata;

namespace Orders.Host.Client;

/// <summary>
/// The public HTTP API as the tools use it. Refusals (4xx) are answers; "come back later" (429, 503, 409 in-flight) is obeyed
/// here, at most <see cref="MaxAttempts"/> times; any other failure throws. Thread-safe.
/// </summary>
internal sealed class ShopApi(HttpClient http, ShopTokens tokens, TimeProvider clock)
{
    private const int MaxAttempts = 20;

    public Task<ShopAnswer<OrderAccepted>> PlaceAsync(OrderRequest order, string key, CancellationToken cancellationToken) => SendAsync(
        () => Request(HttpMethod.Post, "/api/orders", tokens.Shopper, key, JsonContent.Create(order, ShopJson.Default.OrderRequest)),
        ShopJson.Default.OrderAccepted,
        cancellationToken);

    public Task<ShopAnswer<OrderDocument>> CancelAsync(Guid orderId, string reason, CancellationToken cancellationToken) => SendAsync(
        () => Request(
            HttpMethod.Post, $"/api/orders/{orderId}/cancel", tokens.Shopper, key: null,
            JsonContent.Create(new CancelRequest(reason), ShopJson.Default.CancelRequest)),
        ShopJson.Default.OrderDocument,
        cancellationToken);

    public Task<OrderDocument> OrderAsync(Guid orderId, CancellationToken cancellationToken) =>
        GetAsync($"/api/orders/{orderId}", ShopJson.Default.OrderDocument, cancellationToken);

    /// <summary>A page of all orders, newest first.</summary>
    public Task<PageOf<OrderDocument>> OrdersAsync(string? cursor, CancellationToken cancellationToken) =>
        GetAsync("/api/orders?limit=200" + Cursor(cursor), ShopJson.Default.PageOfOrderDocument, cancellationToken);

    public Task<PageOf<CatalogItem>> CatalogAsync(string? cursor, CancellationToken cancellationToken) =>
        GetAsync("/api/catalog?limit=200" + Cursor(cursor), ShopJson.Default.PageOfCatalogItem, cancellationToken);

    /// <summary>Every operation that the provider's simulator took in, in order.</summary>
    public Task<PageOf<ProviderOperation>> ProviderLedgerAsync(CancellationToken cancellationToken) =>
        GetAsync("/sim/psp/ledger", ShopJson.Default.PageOfProviderOperation, cancellationToken);

    public Task<ShopAnswer<CatalogItem>> PutItemAsync(string sku, CatalogItemRequest item, CancellationToken cancellationToken) => SendAsync(
        () => Request(
            HttpMethod.Put, "/api/catalog/" + Uri.EscapeDataString(sku), tokens.Operator, key: null,
            JsonContent.Create(item, ShopJson.Default.CatalogItemRequest)),
        ShopJson.Default.CatalogItem,
        cancellationToken);

    public Task<ShopAnswer<StockAdjustment>> AdjustStockAsync(
        StockAdjustment adjustment, string key, CancellationToken cancellationToken) => SendAsync<StockAdjustment>(
        () => Request(
            HttpMethod.Post, "/api/stock-adjustments", tokens.Operator, key,
            JsonContent.Create(adjustment, ShopJson.Default.StockAdjustment)),
        answer: null,
        cancellationToken);

    private async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class
    {
        var answer = await SendAsync(() => Request(HttpMethod.Get, path, tokens.Operator, key: null, content: null), type, cancellationToken);
        return answer.Value ?? throw new InvalidOperationException($"GET {path} was refused with {answer.Refusal}");
    }

    private async Task<ShopAnswer<T>> SendAsync<T>(
        Func<HttpRequestMessage> request, JsonTypeInfo<T>? answer, CancellationToken cancellationToken)
        where T : class
    {
        for (var attempt = 1; ; attempt++)
        {
            using var message = request();
            using var response = await http.SendAsync(message, cancellationToken);
            if (WaitBeforeNext(response) is { } wait && attempt < MaxAttempts)
            {
                await Task.Delay(wait, clock, cancellationToken);
                continue;
            }

            return await ReadAsync(response, answer, cancellationToken);
        }
    }

    private static async Task<ShopAnswer<T>> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T>? answer, CancellationToken cancellationToken)
        where T : class
    {
        var replayed = response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Contains("true");
        if (response.IsSuccessStatusCode)
        {
            var value = answer is null ? null : await response.Content.ReadFromJsonAsync(answer, cancellationToken);
            return new(response.StatusCode, value, Problem: null, replayed);
        }

        if ((int)response.StatusCode >= 500)
        {
            throw new HttpRequestException(
                $"{response.RequestMessage?.Method} {response.RequestMessage?.RequestUri} answered {(int)response.StatusCode}: "
                + await response.Content.ReadAsStringAsync(cancellationToken));
        }

        var problem = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
            ? await response.Content.ReadFromJsonAsync(ShopJson.Default.Problem, cancellationToken)
            : null;
        return new(response.StatusCode, Value: null, problem, replayed);
    }

    /// <summary>How long the API asks to wait, or null where its answer is final.</summary>
    private static TimeSpan? WaitBeforeNext(HttpResponseMessage response) => response switch
    {
        { StatusCode: HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable } => After(response) ?? TimeSpan.FromSeconds(1),
        { StatusCode: HttpStatusCode.Conflict } => After(response),
        _ => null,
    };

    private static TimeSpan? After(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static HttpRequestMessage Request(HttpMethod method, string path, string token, string? key, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return request;
    }

    private static string Cursor(string? cursor) => cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
}
