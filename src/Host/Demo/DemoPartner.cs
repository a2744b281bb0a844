using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Host.Client;
using Orders.Hosting;

namespace Orders.Host.Demo;

/// <summary>A partner beside the system: it registers an endpoint, is called over HTTP, and believes nothing that is not signed.</summary>
internal sealed class DemoPartner : IAsyncDisposable
{
    private const string Hook = "/demo-partner";
    private const string Endpoints = "/api/webhook-endpoints";
    private static readonly string[] Events = ["order.accepted", "order.confirmed", "order.dispatching", "order.completed", "order.rejected", "order.cancelled"];
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TimeProvider clock;
    private readonly HttpClient http;
    private readonly OperatorApi api;
    private readonly WebApplication receiver;
    private string endpoint = "";
    private WebhookSecret? secret;

    private DemoPartner(Uri system, WebApplication receiver, TimeProvider clock)
    {
        (this.receiver, this.clock) = (receiver, clock);
        http = new() { BaseAddress = system };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-partner");
        api = new(http);
    }

    public PartnerInbox Inbox { get; } = new();

    public static async Task<DemoPartner> ListenAsync(Uri system, TimeProvider clock, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var web = builder.Build();
        var partner = new DemoPartner(system, web, clock);
        web.MapPost(Hook, partner.TakeAsync);
        await web.StartAsync(cancellationToken);
        await partner.RegisterAsync(new Uri(new(web.Urls.First()), Hook), cancellationToken);
        return partner;
    }

    /// <summary>Waits until nothing is left to be delivered, and compares what was to be with what came.</summary>
    public async Task<PartnerReport> ReportAsync(IReadOnlyCollection<OrderDocument> followed, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        while ((await PageAsync("status=pending&limit=1", cancellationToken)).Ids.Count > 0 && clock.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Look, clock, cancellationToken);
        }

        var sent = new HashSet<Guid>();
        for (string? next = ""; next is not null;)
        {
            var page = await PageAsync("limit=200" + (next.Length > 0 ? "&cursor=" + next : ""), cancellationToken);
            sent.UnionWith(page.Ids);
            next = page.Next;
        }

        return Inbox.Report(sent, followed);
    }

    /// <summary>Takes its endpoint away, and with it what is known of its deliveries.</summary>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync($"{Endpoints}/{endpoint}", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        http.Dispose();
    }

    private async Task RegisterAsync(Uri url, CancellationToken cancellationToken)
    {
        // A demo that was cut short has left one.
        foreach (var old in JsonNode.Parse(await api.GetTextAsync(Endpoints, cancellationToken))!["items"]!.AsArray())
        {
            if (((string)old!["url"]!).EndsWith(Hook, StringComparison.Ordinal))
            {
                endpoint = (string)old["id"]!;
                await LeaveAsync(cancellationToken);
            }
        }

        var added = await api.SendAsync(
            HttpMethod.Post, Endpoints, new JsonObject { ["url"] = url.AbsoluteUri, ["events"] = new JsonArray([.. Events.Select(one => (JsonNode)one)]) }, cancellationToken);
        (endpoint, secret) = ((string)added["id"]!, WebhookSecret.Parse((string)added["secret"]!));
    }

    private async Task TakeAsync(HttpContext call)
    {
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.RequestAborted);
        var headers = call.Request.Headers;
        var id = headers[WebhookSignature.IdHeader].ToString();
        if (secret is null || !WebhookSignature.Proves(
            id, headers[WebhookSignature.TimestampHeader].ToString(), headers[WebhookSignature.SignatureHeader].ToString(), body.ToArray(), [secret], clock.GetUtcNow()))
        {
            Inbox.TakeForged();
            call.Response.StatusCode = 401;
            return;
        }

        using var json = JsonDocument.Parse(body.ToArray());
        var order = json.RootElement.GetProperty("data");
        Inbox.Take(Guid.Parse(id), json.RootElement.GetProperty("type").GetString()!, order.GetProperty("orderId").GetGuid(), order.GetProperty("version").GetInt32());
        call.Response.StatusCode = 204;
    }

    private async Task<(List<Guid> Ids, string? Next)> PageAsync(string query, CancellationToken cancellationToken)
    {
        var page = JsonNode.Parse(await api.GetTextAsync($"{Endpoints}/{endpoint}/deliveries?{query}", cancellationToken))!;
        return ([.. page["items"]!.AsArray().Select(one => Guid.Parse((string)one!["id"]!))], (string?)page["next"]);
    }
}
