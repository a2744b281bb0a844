using Orders.Analytics.Http;
using Orders.Hosting;

namespace Orders.Analytics.Recommendations;

/// <summary><c>GET /api/recommendations/{sku}</c>. An item that nobody bought has none.</summary>
internal static class RecommendationsEndpoint
{
    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/recommendations/{sku}", ListAsync).AllowGuests();

    private static async Task<IResult> ListAsync(string sku, HttpContext http, AssociationQuery query)
    {
        var (limit, _) = Paging.From(http.Request);
        var recommendations = sku.Contains('\0', StringComparison.Ordinal) ? [] : await query.RunAsync(sku, limit, http.RequestAborted);
        return TypedResults.Json(recommendations, AnalyticsJson.Strict.IReadOnlyListRecommendation);
    }
}
