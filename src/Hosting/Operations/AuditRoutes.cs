using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Builder;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>What operators did.</summary>
internal static class AuditRoutes
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/ops/audit", ListAsync)
        .OfOperators("listAudit", "Lists what operators did, newest first")
        .TakesQuery("subject", "Only what was done to this failed message or retry by filter.", format: "uuid")
        .TakesPage()
        .Gives(200, OperationsJson.Strict.PageOfAuditEntry, "A page of entries: who did what, before and after.");

    private static async Task<IResult> ListAsync(HttpRequest request, string? subject, AuditTrail audit, CancellationToken token)
    {
        var (limit, cursor) = Paging.From(request);
        long? before = cursor is null
            ? null
            : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw Paging.BadCursor();
        Guid? of = subject is null
            ? null
            : Guid.TryParse(subject, out var given) ? given : throw new ProblemException(400, "invalid-query", "subject must be a UUID.");
        var found = await audit.ListAsync(of, before, limit + 1, token);
        var next = found.Count > limit ? found[limit - 1].Id.ToString(CultureInfo.InvariantCulture) : null;
        return Results.Json(new PageOf<AuditEntry>([.. found.Take(limit)], next), OperationsJson.Strict.PageOfAuditEntry);
    }
}
