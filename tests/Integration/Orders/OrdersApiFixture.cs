using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Api;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Integration.OrdersApi;

/// <summary>The module Orders alone, in two processes on one database; the tests play the other modules.</summary>
public sealed class OrdersApiFixture(PostgresServer postgres) : IAsyncLifetime
{
    /// <summary>Counts what is for this module. What is for others waits for ever: none of them runs.</summary>
    public const string Waiting = "select count(*) from bus.delivery join bus.endpoint on endpoint.id = delivery.endpoint where name = 'orders'";

    private OrdersProcess? first;
    private OrdersProcess? second;

    /// <summary>Talks to the first process.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Talks to the second process.</summary>
    public HttpClient OtherHttp { get; private set; } = null!;

    public IServiceProvider Services => first!.Services;

    private IMessageSession Session => Services.GetRequiredService<IMessageSession>();

    public async ValueTask InitializeAsync()
    {
        var options = new OrdersProcessOptions
        {
            Urls = "http://127.0.0.1:0", Connection = await postgres.CreateDatabaseAsync(),
        };
        first = await OrdersProcess.StartAsync(options, process => process.AddOrdersModule(), CancellationToken.None);
        second = await OrdersProcess.StartAsync(options, process => process.AddOrdersModule(), CancellationToken.None);
        Http = new() { BaseAddress = first.Url };
        OtherHttp = new() { BaseAddress = second.Url };
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        OtherHttp.Dispose();
        await second!.DisposeAsync();
        await first!.DisposeAsync();
    }

    public Task PublishAsync(IEvent message) => Session.Publish(message);

    /// <summary>Puts an item into the module's copy of the catalogue, as Inventory would, and waits until it is there.</summary>
    public async Task<string> NewItemAsync(long cents = 1000)
    {
        var sku = "sku-" + Guid.CreateVersion7().ToString("N");
        await PublishAsync(new CatalogItemChanged(sku, "Blue Jeans", new(cents, "USD"), 1, DateTimeOffset.UnixEpoch));
        return sku;
    }

    public static JsonObject Body(string sku, string amount = "10.00", int quantity = 1) => new()
    {
        ["lines"] = new JsonArray(new JsonObject
        {
            ["sku"] = sku,
            ["quantity"] = quantity,
            ["unitPrice"] = new JsonObject { ["amount"] = amount, ["currency"] = "USD" },
        }),
        ["payment"] = new JsonObject { ["cardToken"] = "tok_ok" },
        ["shipTo"] = new JsonObject
        {
            ["name"] = "David Xiang", ["line1"] = "1 Main St", ["city"] = "Springfield", ["postalCode"] = "12345", ["country"] = "US",
        },
    };

    public Task<HttpResponseMessage> ConfirmAsync(JsonObject body, string? key = null, string? token = "demo-shopper", HttpClient? via = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders") { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key ?? Guid.CreateVersion7().ToString());
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        return (via ?? Http).SendAsync(request);
    }

    public async Task<Guid> PlaceAsync(string? sku = null, string token = "demo-shopper")
    {
        var answer = await ConfirmAsync(Body(sku ?? await NewItemAsync()), token: token);
        Assert.Equal(202, (int)answer.StatusCode);
        return (await JsonAsync(answer))["orderId"]!.GetValue<Guid>();
    }

    public async Task<HttpResponseMessage> GetAsync(string path, string? token = "demo-shopper", string? ifNoneMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (ifNoneMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
        }

        return await Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> CancelAsync(Guid orderId, string? body = null, string token = "demo-shopper")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/orders/{orderId}/cancel");
        request.Content = body is null ? null : new StringContent(body, null, "application/json");
        request.Headers.Authorization = new("Bearer", token);
        return await Http.SendAsync(request);
    }

    /// <summary>Follows the order's events until one of this name.</summary>
    /// <returns>The names of all that came, with the ids, and the last document.</returns>
    public async Task<(List<string> Events, JsonNode Document)> FollowAsync(Guid orderId, string until, int? lastEventId = null, HttpClient? via = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/orders/{orderId}/events");
        request.Headers.Authorization = new("Bearer", "demo-operator");
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId.ToString());
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = await (via ?? Http).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        var (events, id, name) = (new List<string>(), "", "");
        while (await lines.ReadLineAsync(patience.Token) is { } line)
        {
            (id, name) = line switch
            {
                _ when line.StartsWith("id: ", StringComparison.Ordinal) => (line[4..], name),
                _ when line.StartsWith("event: ", StringComparison.Ordinal) => (id, line[7..]),
                _ => (id, name),
            };
            if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                events.Add($"{id} {name}");
                if (name == until)
                {
                    return (events, JsonNode.Parse(line[6..])!);
                }
            }
        }

        throw new InvalidOperationException($"The stream ended before '{until}': {string.Join(", ", events)}");
    }

    public Task NothingWaitsAsync() => Eventually.NothingIsLeftAsync(() => CountAsync(Waiting));

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync()) ?? throw new JsonException("The answer is null.");

    public static async Task<string> ProblemAsync(HttpResponseMessage answer, int status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode}: {text}");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        return JsonNode.Parse(text)!["type"]!.GetValue<string>()["urn:orders:problem:".Length..];
    }
}
