using Orders.Analytics.Http;
using Orders.Hosting;

namespace Orders.Analytics.TopItems;

/// <summary><c>GET /api/analytics/top</c></summary>
internal static class TopItemsEndpoint
{
    public static void MapTopItems(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/top", ListAsync)
            .Needs(Roles.Operator)
            .Describe("analytics", "listTopItems", "The items that sold most, of all orders placed")
            .TakesQuery("by", "What to rank by; units where it is left out.", oneOf: ["units", "revenue"])
            .TakesLimit()
            .Gives(200, AnalyticsJson.Strict.IReadOnlyListTopItem, "The items, the first is the top.");

    private static async Task<IResult> ListAsync(HttpContext http, TopItemsQuery query)
    {
        var (limit, _) = Paging.From(http.Request);
        var items = await query.RunAsync(By(http.Request), limit, http.RequestAborted);
        return TypedResults.Json(items, AnalyticsJson.Strict.IReadOnlyListTopItem);
    }

    private static TopBy By(HttpRequest request) => request.Query["by"] switch
    {
        [] or ["units"] => TopBy.Units,
        ["revenue"] => TopBy.Revenue,
        _ => throw new ProblemException(400, "invalid-query", "by must be units or revenue."),
    };
}
