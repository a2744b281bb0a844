using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Orders.Hosting.Health;

/// <summary>Live: the process answers. Ready: it has started, bus included, is not draining, and reaches its database.</summary>
internal static class HealthRoutes
{
    private static readonly TimeSpan DatabaseWithin = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Answer("live"))
            .AnswersWhateverIsAccepted()
            .Describe("health", "isLive", "Whether the process answers")
            .Gives(200, HealthJson.Default.Health, "It does.");
        routes.MapGet("/health/ready", ReadyAsync)
            .AnswersWhateverIsAccepted()
            .Describe("health", "isReady", "Whether the process has started, is not draining, and reaches its database")
            .Gives(200, HealthJson.Default.Health, "It is ready.")
            .Fails(503, "not-ready");
    }

    private static async Task<IResult> ReadyAsync(
        IHostApplicationLifetime life, NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        if (!life.ApplicationStarted.IsCancellationRequested || life.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("The process is starting or draining.");
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DatabaseWithin);
        try
        {
            await using var command = database.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(patience.Token);
            return Answer("ready");
        }
        catch (Exception unreachable)
            when (unreachable is NpgsqlException or TimeoutException || patience.IsCancellationRequested)
        {
            return NotReady("The database cannot be reached.");
        }
    }

    private static IResult Answer(string status) => Results.Json(new Health(status), HealthJson.Default.Health);

    private static IResult NotReady(string detail) => Problems.Of(503, "not-ready", detail, retryAfter: TimeSpan.FromSeconds(1));
}

/// <param name="Status"><c>live</c> or <c>ready</c>.</param>
internal sealed record Health(string Status);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Health))]
internal sealed partial class HealthJson : JsonSerializerContext;
