using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>Retries by filter, at a rate.</summary>
internal static class RetryRunRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/ops/failed/retry", StartAsync)
            .OfOperators(
                "retryAllFailed",
                "Retries what has failed until now, by filter, at a rate",
                $"Stops itself once {RetryRuns.FailuresToStop} of its messages have failed again. While a run with the same filter goes on, that one is the answer.")
            .Takes(OperationsJson.Strict.RetryAllRequest)
            .Gives(202, OperationsJson.Strict.RetryRun, "The run.", "Location")
            .Fails(400, "validation", "invalid-query");
        routes.MapGet("/api/ops/failed/retries", ListAsync)
            .OfOperators("listRetryRuns", "Lists retries by filter, newest first")
            .TakesPage()
            .Gives(200, OperationsJson.Strict.PageOfRetryRun, "A page of runs.");
        routes.MapGet("/api/ops/failed/retries/{id}", (string id, RetryRuns runs, CancellationToken token) => OneAsync(id, key => runs.FindAsync(key, token)))
            .OfOperators("getRetryRun", "Shows how far a retry by filter is")
            .OfOneRun();
        routes.MapPost("/api/ops/failed/retries/{id}/stop", (string id, HttpContext http, RetryRuns runs) =>
                OneAsync(id, key => runs.StopAsync(key, OperationsRoutes.By(http), http.RequestAborted)))
            .OfOperators("stopRetryRun", "Stops a retry by filter", "What it has retried stays retried. Stopping one that has ended has no effect.")
            .OfOneRun();
    }

    private static RouteHandlerBuilder OfOneRun(this RouteHandlerBuilder route) => route
        .TakesPath("id", "The run's id.", format: "uuid")
        .Gives(200, OperationsJson.Strict.RetryRun, "The run as it is now.")
        .Fails(404, "not-found");

    private static async Task<IResult> StartAsync(HttpContext http, RetryRuns runs)
    {
        var request = await JsonBody.ReadAsync(http, OperationsJson.Strict.RetryAllRequest);
        if (request.PerSecond is < 1 or > RetryRuns.MaxPerSecond)
        {
            throw new ProblemException(400, "validation", "A rate is needed that can be kept.", new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["/perSecond"] = [$"must be a whole number from 1 to {RetryRuns.MaxPerSecond}."],
            });
        }

        OperationsRoutes.CheckNames(request.Endpoint, request.Type);
        if (request.Endpoint is "" || request.Type is "")
        {
            throw ProblemException.Invalid(request.Endpoint is "" ? "/endpoint" : "/type", "is empty. Leave it out to retry whatever failed.");
        }

        var run = await runs.StartAsync(request.Endpoint, request.Type, request.PerSecond, OperationsRoutes.By(http), http.RequestAborted);
        http.Response.Headers.Location = $"/api/ops/failed/retries/{run.Id}";
        return Results.Json(run, OperationsJson.Strict.RetryRun, statusCode: 202);
    }

    private static async Task<IResult> ListAsync(HttpRequest request, RetryRuns runs, CancellationToken token)
    {
        var (limit, cursor) = Paging.From(request);
        Guid? before = cursor is null ? null : Guid.TryParse(cursor, out var id) ? id : throw Paging.BadCursor();
        var found = await runs.ListAsync(before, limit + 1, token);
        var next = found.Count > limit ? found[limit - 1].Id.ToString("D", CultureInfo.InvariantCulture) : null;
        return Results.Json(new PageOf<RetryRun>([.. found.Take(limit)], next), OperationsJson.Strict.PageOfRetryRun);
    }

    private static async Task<IResult> OneAsync(string id, Func<Guid, Task<RetryRun?>> act)
    {
        var run = Guid.TryParse(id, out var key) ? await act(key) : null;
        return run is null
            ? throw new ProblemException(404, "not-found", "There is no retry by filter of that id. List them with GET /api/ops/failed/retries.")
            : Results.Json(run, OperationsJson.Strict.RetryRun);
    }
}
