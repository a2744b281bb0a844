using System.Text.Json.Nodes;
using Orders.Host.Client;

namespace Orders.Host.Failed;

/// <summary>What operators do about messages that gave up; each says what came of it.</summary>
internal static class FailedActions
{
    /// <summary>Does something to one message and says how it stands.</summary>
    public static async Task DoAsync(this OperatorApi api, string path, JsonObject body, CancellationToken cancellationToken)
    {
        var message = await api.SendAsync(HttpMethod.Post, path, body, cancellationToken);
        var edited = message["editedAs"] is { } sent ? $", edited, as message {sent}" : "";
        Console.WriteLine($"{message["id"]} {message["type"]} at {message["endpoint"]}: {message["resolution"]} by {message["resolvedBy"]} at {message["resolvedAt"]}{edited}");
    }

    public static async Task RetryAllAsync(this OperatorApi api, string? endpoint, string? type, int perSecond, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["endpoint"] = endpoint, ["type"] = type, ["perSecond"] = perSecond };
        var run = await api.SendAsync(HttpMethod.Post, "/api/ops/failed/retry", body, cancellationToken);
        Console.WriteLine($"run {run["id"]}: {run["state"]}, {run["perSecond"]} a second. See how far it is with 'failed runs', end it with 'failed stop {run["id"]}'.");
    }

    public static async Task StopAsync(this OperatorApi api, Guid run, CancellationToken cancellationToken)
    {
        var stopped = await api.SendAsync(HttpMethod.Post, $"/api/ops/failed/retries/{run}/stop", [], cancellationToken);
        Console.WriteLine($"run {run}: {stopped["state"]}, {stopped["retried"]} retried, {stopped["failedAgain"]} failed again");
    }
}
