using Orders.Analytics.Http;
using Orders.Hosting;

namespace Orders.Analytics.Recommendations;

/// <summary><c>GET /api/recommendations/{sku}</c>. An item that nobody bought has none.</summary>
internal static class RecommendationsEndpoint
{
    public static void MapRecommendations(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/recommendations/{sku}", ListAsync)
            .AllowGuests()
            .Describe(
                "analytics", "listRecommendations", "What is bought together with an item",
                "Over the distinct items of all orders placed: support = together / orders; confidence = together / orders with this item; "
                + "lift = confidence / (orders with the other / orders). Sorted by lift times together, then by sku.")
            .TakesPath("sku", "The item.")
            .TakesLimit()
            .Gives(200, AnalyticsJson.Strict.IReadOnlyListRecommendation, "The other items; none where nobody bought this one.");

    private static async Task<IResult> ListAsync(string sku, HttpContext http, AssociationQuery query)
    {
        var (limit, _) = Paging.From(http.Request);
        var recommendations = sku.Contains('\0', StringComparison.Ordinal) ? [] : await query.RunAsync(sku, limit, http.RequestAborted);
        return TypedResults.Json(recommendations, AnalyticsJson.Strict.IReadOnlyListRecommendation);
    }
}
