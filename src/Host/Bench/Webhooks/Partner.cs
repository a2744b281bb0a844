using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Orders.Host.Bench.Webhooks;

/// <summary>Keeps endpoints through the public API. Thread-safe.</summary>
internal sealed class Partner : IDisposable
{
    private const string Path = "/api/webhook-endpoints";

    /// <summary>What every order that is completed tells.</summary>
    private static readonly string[] Events = ["order.accepted", "order.confirmed", "order.dispatching", "order.completed"];

    private readonly HttpClient http;

    public Partner(Uri host)
    {
        http = new() { BaseAddress = host };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "demo-partner");
    }

    public static int EventsOfAnOrder => Events.Length;

    public async Task<Guid> AddAsync(Uri url, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["url"] = url.AbsoluteUri, ["events"] = new JsonArray([.. Events.Select(one => (JsonNode)one)]) };
        using var answer = await http.PostAsync(Path, JsonContent.Create(body), cancellationToken);
        var text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken);
        return (Guid)JsonNode.Parse(text)!["id"]!;
    }

    public async Task EnableAsync(Guid endpoint, bool enabled, CancellationToken cancellationToken)
    {
        using var answer = await http.PatchAsync($"{Path}/{endpoint}", JsonContent.Create(new JsonObject { ["enabled"] = enabled }), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public async Task DeleteAsync(Guid endpoint, CancellationToken cancellationToken)
    {
        using var answer = await http.DeleteAsync($"{Path}/{endpoint}", cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    public void Dispose() => http.Dispose();
}
