using Orders.Analytics.Http;
using Orders.Hosting;

namespace Orders.Analytics.Sales;

/// <summary><c>GET /api/analytics/sales</c></summary>
internal static class SalesEndpoint
{
    public static void MapSales(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/sales", ListAsync).Needs(Roles.Operator);

    private static async Task<IResult> ListAsync(HttpContext http, SalesQuery query)
    {
        var range = SalesRange.Of(http.Request);
        var sku = http.Request.Query["sku"] switch
        {
            [] => null,
            [{ Length: > 0 and <= 64 } text] when !text.Contains('\0', StringComparison.Ordinal) => text,
            _ => throw new ProblemException(400, "invalid-query", "sku must be given once, with 1 to 64 characters."),
        };
        var buckets = await query.RunAsync(range, sku, http.RequestAborted);
        return TypedResults.Json(buckets, AnalyticsJson.Strict.IReadOnlyListSalesBucket);
    }
}
