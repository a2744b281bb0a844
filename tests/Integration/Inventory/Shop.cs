using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Inventory;
using Orders.Tests.Support.Running;

namespace Orders.Tests.Integration.Inventory;

/// <summary>One or more processes that run Inventory on one database, and somebody who listens.</summary>
internal sealed class Shop : IAsyncDisposable
{
    // What every item of a stock must satisfy, computed from the entries alone.
    private const string Wrong =
        """
        SELECT count(*)
        FROM inventory.stock AS s
        LEFT JOIN (
            SELECT sku,
                   sum(quantity) FILTER (WHERE kind = 'adjusted') AS adjusted,
                   sum(quantity) FILTER (WHERE kind = 'held') AS held,
                   sum(quantity) FILTER (WHERE kind = 'released') AS released,
                   sum(quantity) FILTER (WHERE kind = 'shipped') AS shipped
            FROM inventory.stock_entry GROUP BY sku) AS e USING (sku)
        WHERE s.adjusted <> coalesce(e.adjusted, 0)
           OR s.shipped <> coalesce(e.shipped, 0)
           OR s.on_hand <> coalesce(e.adjusted, 0) - coalesce(e.shipped, 0)
           OR s.held <> coalesce(e.held, 0) - coalesce(e.released, 0) - coalesce(e.shipped, 0)
        """;

    private readonly List<OrdersProcess> processes = [];
    private int keys;

    public StockEvents Events { get; } = new();

    public HttpClient Http { get; } = new();

    private IServiceProvider Services => processes[0].Services;

    public static async Task<Shop> OpenAsync(string connection, int processes = 1, string holdDuration = "00:15:00")
    {
        var shop = new Shop();
        for (var i = 0; i < processes; i++)
        {
            var options = new OrdersProcessOptions
            {
                Urls = "http://127.0.0.1:0",
                Connection = connection,
                Settings = new Dictionary<string, string?> { ["Orders:HoldDuration"] = holdDuration },
            };
            shop.processes.Add(await OrdersProcess.StartAsync(options, shop.Compose, TestContext.Current.CancellationToken));
        }

        shop.Http.BaseAddress = shop.processes[0].Url;
        shop.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-operator");
        return shop;
    }

    public static OrderPlaced Order(params (string Sku, int Quantity)[] lines)
    {
        var price = new Money(100, "USD");
        return new(
            Guid.CreateVersion7(), "david", DateTimeOffset.UnixEpoch, false, null,
            [.. lines.Select(line => new OrderLine(line.Sku, line.Sku, line.Quantity, price))],
            price, new("tok_ok"), new("David Xiang", "1 Main St", "Springfield", "12345", "US"));
    }

    public async Task<HttpResponseMessage> PutAsync(string sku, string name = "An item", string amount = "1.00") =>
        await Http.PutAsJsonAsync($"/api/catalog/{sku}", new { name, unitPrice = new { amount, currency = "USD" } });

    public async Task StockAsync(string sku, long units)
    {
        (await PutAsync(sku)).EnsureSuccessStatusCode();
        (await AdjustAsync(sku, units, $"stock-{Interlocked.Increment(ref keys)}")).EnsureSuccessStatusCode();
    }

    public async Task<HttpResponseMessage> AdjustAsync(string sku, long delta, string key, string reason = "count")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/stock-adjustments")
        {
            Content = JsonContent.Create(new { sku, delta, reason }),
            Headers = { { "Idempotency-Key", key } },
        };
        return await Http.SendAsync(request);
    }

    /// <summary>On hand, held, shipped, available, adjusted.</summary>
    public async Task<(long OnHand, long Held, long Shipped, long Available, long Adjusted)> LevelAsync(string sku)
    {
        var level = (await Http.GetFromJsonAsync<JsonObject>($"/api/stock/{sku}"))!;
        return (Of("onHand"), Of("held"), Of("shipped"), Of("available"), Of("adjusted"));

        long Of(string name) => (long)level[name]!;
    }

    public Task PublishAsync(params IEnumerable<IEvent> events) => Services.GetRequiredService<ITransactions>().RunAsync(
        InventoryModule.Name,
        async transaction =>
        {
            foreach (var message in events)
            {
                await transaction.Publish(message);
            }
        },
        TestContext.Current.CancellationToken);

    public Task SendAsync(ICommand command) =>
        Services.GetRequiredService<IMessageSession>().Send(command, TestContext.Current.CancellationToken);

    public Task<T> NextAsync<T>()
        where T : IEvent => Events.NextAsync<T>(TestContext.Current.CancellationToken);

    /// <summary>Waits until every message is handled: a delivery goes with the commit of its effects.</summary>
    public Task DrainedAsync() => Eventually.NothingIsLeftAsync(() => CountAsync("SELECT count(*) FROM bus.delivery"));

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public Task<long> ItemsThatDoNotAddUpAsync() => CountAsync(Wrong);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }
    }

    private void Compose(OrdersProcessBuilder process)
    {
        process.Services.AddSingleton(Events);
        process.AddInventoryModule().AddModule("listener", endpoint => endpoint.Handler<StockEventsHandler>());
    }
}
