using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Support.Running;
using Orders.Webhooks;
using Orders.Webhooks.Partners.Safety;

namespace Orders.Tests.Integration.Webhooks.Partners;

/// <summary>The module on a database, whose clock moves when it is told, and partners who call its API.</summary>
internal sealed class PartnerRig : IAsyncDisposable
{
    public static readonly DateTimeOffset PlacedAt = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] AllEvents =
        ["order.accepted", "order.confirmed", "order.dispatching", "order.completed", "order.rejected", "order.cancelled", "stock.low", "customer.changed"];

    private OrdersProcess? process;

    public HttpClient Http { get; } = new();

    public IServiceProvider Services => process!.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<PartnerRig> StartAsync(string connection, bool allowLoopback = true, IHostNames? names = null)
    {
        var rig = new PartnerRig();
        rig.process = await OrdersProcess.StartAsync(
            new()
            {
                Urls = "http://127.0.0.1:0",
                Connection = connection,
                Settings = new Dictionary<string, string?>
                {
                    ["Orders:Crm:ReconcileEvery"] = "1.00:00:00", ["Orders:Crm:Scheduled"] = "false", ["Orders:Webhooks:AllowLoopback"] = $"{allowLoopback}",
                },
            },
            builder =>
            {
                builder.AddWebhooksModule();
                if (names is not null)
                {
                    builder.Services.AddSingleton(names);
                }
            },
            Token);
        rig.Http.BaseAddress = rig.process.Url;
        rig.Http.DefaultRequestHeaders.Authorization = new("Bearer", "demo-partner");
        return rig;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> AskAsync(string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new(method), "/api/webhook-endpoints" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode> GetAsync(string path) => (await AskAsync("GET", path)).Body!;

    /// <summary>Registers an endpoint for everything, or for what is named.</summary>
    public async Task<(string Id, string Secret)> ListenAsync(string url, params string[] events)
    {
        var (status, body) = await AskAsync("POST", "", new { url, events = events.Length == 0 ? AllEvents : events });
        Assert.Equal(HttpStatusCode.Created, status);
        return ((string)body!["id"]!, (string)body["secret"]!);
    }

    public Task PublishAsync(object message) => Services.GetRequiredService<IMessageSession>().Publish(message, Token);

    /// <summary>An order's way to its end: accepted, confirmed, dispatching, completed.</summary>
    public async Task<Guid> OrderAsync()
    {
        var id = Guid.CreateVersion7();
        await PublishAsync(Placed(id));
        foreach (var (status, version) in new[] { ("confirmed", 4), ("dispatching", 6), ("completed", 10) })
        {
            await PublishAsync(Changed(id, status, version));
        }

        return id;
    }

    public static OrderPlaced Placed(Guid id) => new(
        id, "david", PlacedAt, true, "Ring twice", [new("2341083", "Ribbon", 2, new(1050, "USD"))], new(2100, "USD"), new("tok_ok", null),
        new("David Xiang", "1 Main St", "Springfield", "12345", "US", null));

    public static OrderStatusChanged Changed(Guid id, string status, int version) => new(
        id, status, null, version, PlacedAt, PlacedAt.AddSeconds(version), true, [new("2341083", "Ribbon", 2, new(1050, "USD"))], new(2100, "USD"),
        new("authorised", new(2100, "USD"), null, null), new("promised", PlacedAt.AddDays(2), null, null));

    /// <summary>Waits until nothing is left to do now: every message handled, every attempt made that is due.</summary>
    public Task DrainedAsync() => Eventually.NothingIsLeftAsync(() => CountAsync(
        """
        select (select count(*) from bus.delivery) + (select count(*) from bus.activity) + (select count(*) from bus.delayed where due_at <= bus.now())
             + (select count(*) from webhooks.delivery where state = 'sending')
        """));

    /// <summary>Lets time pass on the database's clock, then waits until what became due is done.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"update bus.clock set shift = shift + interval '{(long)time.TotalSeconds} seconds'"));
        await DrainedAsync();
    }

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process!.DisposeAsync();
    }
}
