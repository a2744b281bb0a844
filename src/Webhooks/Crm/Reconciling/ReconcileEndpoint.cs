using System.Text.Json;
using Orders.Hosting;
using Orders.Webhooks.Crm.Sources;

namespace Orders.Webhooks.Crm.Reconciling;

/// <summary><c>POST /api/ops/crm/{source}/reconcile</c></summary>
internal static class ReconcileEndpoint
{
    public static void MapReconcile(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/ops/crm/{source}/reconcile", RunAsync)
            .Needs(Roles.Operator)
            .Describe(
                "operating", "reconcileCrm", "Makes the copy of a CRM's records like the CRM, now",
                "Reads what was updated and deleted since the last run; everything in the first one, and where the CRM no longer tells.")
            .TakesPath("source", "A configured source.")
            .Gives(200, WebhooksHttpJson.Strict.ReconcileReport, "What was found and healed.")
            .Fails(404, "not-found")
            .Fails(409, "source-cannot-be-read")
            .Fails(503, "crm-unavailable");

    private static async Task<IResult> RunAsync(string source, HttpContext http, CrmSources sources, Reconciliation reconciliation)
    {
        if (sources.Find(source) is not { } from)
        {
            return Problems.Of(404, "not-found", "There is no such source.");
        }

        if (from.Url is null)
        {
            return Problems.Of(409, "source-cannot-be-read", "The source has no address at which its records are read. Configure its Url.");
        }

        try
        {
            var report = await reconciliation.RunAsync(from, http.RequestAborted);
            return TypedResults.Json(report, WebhooksHttpJson.Strict.ReconcileReport);
        }
        catch (Exception away) when (!http.RequestAborted.IsCancellationRequested && away is HttpRequestException or TaskCanceledException or JsonException)
        {
            return Problems.Of(503, "crm-unavailable", "The CRM does not answer as it should. Try again later.", retryAfter: TimeSpan.FromSeconds(10));
        }
    }
}
