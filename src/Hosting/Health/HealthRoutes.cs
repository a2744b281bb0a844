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
        routes.MapGet("/health/live", () => Answer("live")).WithTags("health");
        routes.MapGet("/health/ready", ReadyAsync).WithTags("health");
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

    private static IResult Answer(string status) => Results.Text($$"""{"status":"{{status}}"}""", "application/json");

    private static IResult NotReady(string detail) => Problems.Of(503, "not-ready", detail, retryAfter: TimeSpan.FromSeconds(1));
}
