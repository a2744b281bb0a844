using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orders.Bus.Engine;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Simulators;
using Orders.Tests.Support.Running;
using Orders.Webhooks;

namespace Orders.Tests.Integration.Webhooks;

/// <summary>The module and the simulated CRM in one process on a database, and somebody who listens.</summary>
internal sealed class CrmRig : IAsyncDisposable
{
    private static readonly WebhookSecret Demo = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private OrdersProcess? process;

    public HttpClient Http { get; } = new();

    public Told Told { get; } = new();

    public IServiceProvider Services => process!.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <param name="connection">The database.</param>
    /// <param name="crm">Another CRM than the simulated one.</param>
    /// <param name="scheduled">Whether the schedule reconciles, as it does a day after another and at the start.</param>
    public static async Task<CrmRig> StartAsync(string connection, Uri? crm = null, bool scheduled = false)
    {
        var rig = new CrmRig();
        rig.process = await OrdersProcess.StartAsync(
            new()
            {
                Urls = "http://127.0.0.1:0",
                Connection = connection,
                Settings = new Dictionary<string, string?>
                {
                    ["Orders:Crm:ReconcileEvery"] = "1.00:00:00", ["Orders:Crm:Scheduled"] = $"{scheduled}", ["Orders:Crm:Url"] = crm?.ToString(),
                },
            },
            builder =>
            {
                builder.AddWebhooksModule();
                builder.Services.AddSimulators().AddSingleton(rig.Told).AddBusEndpoint("listener", endpoint => endpoint.Handler<CustomerListener>());
                builder.MapRoutes(routes => routes.MapSimulators());
            },
            Token);
        rig.Http.BaseAddress = rig.process.Url;
        rig.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-operator");
        return rig;
    }

    /// <summary>Sends an event as the CRM does.</summary>
    public async Task<(HttpStatusCode Status, JsonNode? Body)> SendAsync(
        string id, string body, string source = "demo", TimeSpan late = default, string? signature = null)
    {
        var (bytes, at) = (Encoding.UTF8.GetBytes(body), TimeProvider.System.GetUtcNow() - late);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/webhooks/crm/" + source) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add(WebhookSignature.IdHeader, id);
        request.Headers.Add(WebhookSignature.TimestampHeader, WebhookSignature.Timestamp(at));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, signature ?? WebhookSignature.Sign(id, at, bytes, Demo));
        return await AnswerAsync(request);
    }

    public async Task<(HttpStatusCode Status, string Body)> SoapAsync(string body, string key = "demo-key")
    {
        using var answer = await Http.PostAsync($"/webhooks/crm/salesforce?key={key}", new StringContent(body, Encoding.UTF8, "text/xml"), Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> AnswerAsync(HttpRequestMessage request)
    {
        using var answer = await Http.SendAsync(request, Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<JsonNode?> CustomerAsync(string id, string source = "demo")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/customers/{id}?source={source}");
        var (status, body) = await AnswerAsync(request);
        return status == HttpStatusCode.OK ? body : null;
    }

    public async Task<JsonNode> ReconcileAsync(string source = "demo")
    {
        using var answer = await Http.PostAsync($"/api/ops/crm/{source}/reconcile", null, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonNode>(Token))!;
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> EraseAsync(string id, string? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/customers/{id}/erase") { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        return await AnswerAsync(request);
    }

    public async Task PutAsync(string id, object fields) =>
        (await Http.PutAsJsonAsync("/sim/crm/contacts/" + id, fields, Token)).EnsureSuccessStatusCode();

    public async Task FaultsAsync(object faults) => (await Http.PostAsJsonAsync("/sim/crm/faults", faults, Token)).EnsureSuccessStatusCode();

    /// <summary>Waits until the CRM has sent everything, every message is handled and every call made.</summary>
    public Task DrainedAsync() => Eventually.NothingIsLeftAsync(async () =>
        (long)(await Http.GetFromJsonAsync<JsonNode>("/sim/crm/pending", Token))!["pending"]!
        + await CountAsync("select (select count(*) from bus.delivery) + (select count(*) from bus.activity)"));

    public async Task<long> CountAsync(string sql)
    {
        await using var command = Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }

    /// <summary>Rows of whatever an event leaves behind.</summary>
    public Task<long> RowsAsync() => CountAsync(
        "select (select count(*) from webhooks.crm_event) + (select count(*) from webhooks.customer) + (select count(*) from bus.message where type like 'webhooks.%')");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await process!.DisposeAsync();
    }
}

/// <summary>What was told of customers, in the order of its arrival.</summary>
internal sealed class Told
{
    private readonly ConcurrentQueue<CustomerChanged> all = new();

    public CustomerChanged[] Of(string id, string source = "demo") => [.. all.Where(one => one.CustomerId == id && one.Source == source)];

    public ConcurrentQueue<CustomerErased> Erased { get; } = [];

    public void Add(CustomerChanged changed) => all.Enqueue(changed);
}

internal sealed class CustomerListener(Told told) : IHandleMessages<CustomerChanged>, IHandleMessages<CustomerErased>
{
    public Task Handle(CustomerChanged message, IMessageHandlerContext context)
    {
        told.Add(message);
        return Task.CompletedTask;
    }

    public Task Handle(CustomerErased message, IMessageHandlerContext context)
    {
        told.Erased.Enqueue(message);
        return Task.CompletedTask;
    }
}
