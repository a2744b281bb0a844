using System.Net.Http.Json;
using System.Text;

namespace Orders.Tests.Support.Shopping;

/// <summary>The API from outside, as a shopper and as an operator. What is wrong with an answer ends the test.</summary>
internal sealed class Shop(Uri url, TimeSpan? patience = null) : IDisposable
{
    public const string Shopper = "demo-shopper";
    public const string Operator = "demo-operator";

    private readonly HttpClient http = new() { BaseAddress = url, Timeout = patience ?? TimeSpan.FromSeconds(60) };

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        http.SendAsync(request, cancellationToken);

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken)
    {
        using var answer = await SendAsync(As(Operator, HttpMethod.Get, path), cancellationToken);
        Assert.True(answer.IsSuccessStatusCode, $"GET {path}: {answer.StatusCode}");
        return (await answer.Content.ReadFromJsonAsync<T>(cancellationToken))!;
    }

    /// <summary>POST of an order of one unit.</summary>
    public Task<HttpResponseMessage> ConfirmAsync(string key, string sku, string card, CancellationToken cancellationToken)
    {
        var request = As(Shopper, HttpMethod.Post, "/api/orders", OrderBody.Of(sku, card));
        request.Headers.Add("Idempotency-Key", key);
        return SendAsync(request, cancellationToken);
    }

    /// <returns>The order's id.</returns>
    public async Task<string> BuyAsync(string sku, string card, CancellationToken cancellationToken)
    {
        using var answer = await ConfirmAsync(Guid.CreateVersion7().ToString(), sku, card, cancellationToken);
        return await OrderIdAsync(answer, cancellationToken);
    }

    public static async Task<string> OrderIdAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        Assert.True((int)answer.StatusCode == 202, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}");
        return (await answer.Content.ReadFromJsonAsync<AcceptedAnswer>(cancellationToken))!.OrderId;
    }

    /// <summary>All pages.</summary>
    public async Task<List<OrderAnswer>> OrdersOfAsync(string sku, CancellationToken cancellationToken)
    {
        var orders = new List<OrderAnswer>();
        var cursor = "";
        do
        {
            var page = await GetAsync<PageAnswer<OrderAnswer>>($"/api/orders?sku={sku}&limit=200{cursor}", cancellationToken);
            orders.AddRange(page.Items);
            cursor = page.Next is null ? null : "&cursor=" + page.Next;
        }
        while (cursor is not null);
        return orders;
    }

    public async Task<ILookup<string, LedgerLine>> LedgerByOrderAsync(CancellationToken cancellationToken) =>
        (await GetAsync<PageAnswer<LedgerLine>>("/sim/psp/ledger", cancellationToken)).Items
            .ToLookup(line => line.Reference, StringComparer.Ordinal);

    /// <summary>The checker finds nothing wrong.</summary>
    public async Task HoldsAsync(CancellationToken cancellationToken)
    {
        var report = await GetAsync<VerifyAnswer>("/api/ops/verify", cancellationToken);
        Assert.True(report.Ok, string.Join(Environment.NewLine, report.Checks.Where(check => !check.Ok)));
    }

    public static HttpRequestMessage As(string token, HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, path);
        request.Headers.Authorization = new("Bearer", token);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }

    public void Dispose() => http.Dispose();
}
