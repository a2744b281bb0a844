using Orders.Analytics.Http;
using Orders.Hosting;

namespace Orders.Analytics.Sales;

/// <summary><c>GET /api/analytics/sales</c></summary>
internal static class SalesEndpoint
{
    private const int MaxSkuLength = 64;

    public static void MapSales(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/sales", ListAsync)
            .Needs(Roles.Operator)
            .Describe(
                "analytics", "listSales", "Sales by hour or day, UTC, of orders placed",
                "Buckets without orders are left out. completed, rejected and cancelled count the bucket's orders by how they ended since.")
            .TakesQuery("from", "From the bucket that holds this time on: RFC 3339, or a date.")
            .TakesQuery("to", "Up to the bucket that holds the last moment before this time.")
            .TakesQuery("interval", "The length of a bucket; a day where it is left out.", oneOf: [SalesRange.Hour, SalesRange.Day])
            .TakesQuery("sku", "Only this item, in the orders that hold it.", MaxSkuLength)
            .Gives(200, AnalyticsJson.Strict.IReadOnlyListSalesBucket, "The buckets, in the order of time.");

    private static async Task<IResult> ListAsync(HttpContext http, SalesQuery query)
    {
        var range = SalesRange.Of(http.Request);
        var sku = http.Request.Query["sku"] switch
        {
            [] => null,
            [{ Length: > 0 and <= MaxSkuLength } text] when !text.Contains('\0', StringComparison.Ordinal) => text,
            _ => throw new ProblemException(400, "invalid-query", $"sku must be given once, with 1 to {MaxSkuLength} characters."),
        };
        var buckets = await query.RunAsync(range, sku, http.RequestAborted);
        return TypedResults.Json(buckets, AnalyticsJson.Strict.IReadOnlyListSalesBucket);
    }
}
