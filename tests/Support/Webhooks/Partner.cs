using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.Support.Webhooks;

/// <summary>What a partner asks for at the API.</summary>
internal static class Partner
{
    public static readonly string[] OrderEvents = ["order.accepted", "order.confirmed", "order.dispatching", "order.completed", "order.rejected", "order.cancelled"];

    /// <returns>The new endpoint's secret.</returns>
    public static async Task<string> ListenAsync(this Shop shop, string url, IEnumerable<string> events, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["url"] = url, ["events"] = new JsonArray([.. events.Select(one => (JsonNode)one)]) };
        using var answer = await shop.SendAsync(Shop.As("demo-partner", HttpMethod.Post, "/api/webhook-endpoints", body.ToJsonString()), cancellationToken);
        Assert.Equal(201, (int)answer.StatusCode);
        return (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellationToken))!["secret"]!;
    }
}
