using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>The operators' view of the bus: queue depths, the error queue and what was done about it.</summary>
internal static class OperationsRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/ops/queues", (QueueStatistics queues, CancellationToken token) => QueuesAsync(queues, token))
            .OfOperators("listQueues", "How each endpoint of the bus stands")
            .Gives(200, OperationsJson.Strict.ListQueueStatus, "The endpoints, by name.");
        FailedRoutes.Map(routes);
        RetryRunRoutes.Map(routes);
        AuditRoutes.Map(routes);
    }

    public static RouteHandlerBuilder OfOperators(this RouteHandlerBuilder route, string operationId, string summary, string? details = null) =>
        route.Needs(Roles.Operator).Describe("operating", operationId, summary, details);

    /// <summary>Who is written down as having done it.</summary>
    public static string By(HttpContext http) => http.Caller().UserId ?? Roles.Operator;

    /// <exception cref="ProblemException">400: no name has a NUL in it, and PostgreSQL takes none.</exception>
    public static void CheckNames(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name?.Contains('\0', StringComparison.Ordinal) is true)
            {
                throw new ProblemException(400, "invalid-query", "endpoint and type are names: they hold no NUL.");
            }
        }
    }

    private static async Task<IResult> QueuesAsync(QueueStatistics queues, CancellationToken token) =>
        Results.Json(await queues.ReadAsync(token), OperationsJson.Strict.ListQueueStatus);
}
