using Orders.Analytics.Http;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Analytics.TopItems;

/// <summary><c>GET /api/analytics/top</c></summary>
internal static class TopItemsEndpoint
{
    public static void MapTopItems(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/analytics/top", ListAsync)
            .Needs(Roles.Operator)
            .Describe(
                "analytics", "listTopItems", "The items that sold most, of all orders placed",
                "By revenue, items are ranked within each currency, never across: an item stands at the best of its places, so that the tops "
                + "of all currencies come first, then their seconds; ties fall to the sku. currency= ranks by one currency alone.")
            .TakesQuery("by", "What to rank by; units where it is left out.", oneOf: ["units", "revenue"])
            .TakesQuery("currency", "Only what was sold in this currency, ISO 4217.")
            .TakesLimit()
            .Gives(200, AnalyticsJson.Strict.IReadOnlyListTopItem, "The items, the first is the top.");

    private static async Task<IResult> ListAsync(HttpContext http, TopItemsQuery query)
    {
        var (limit, _) = Paging.From(http.Request);
        var items = await query.RunAsync(By(http.Request), CurrencyOf(http.Request), limit, http.RequestAborted);
        return TypedResults.Json(items, AnalyticsJson.Strict.IReadOnlyListTopItem);
    }

    private static string? CurrencyOf(HttpRequest request) => request.Query["currency"] switch
    {
        [] => null,
        [{ } code] when Currency.IsKnown(code) => code,
        _ => throw new ProblemException(400, "invalid-query", "currency must be an ISO 4217 code such as USD, given once."),
    };

    private static TopBy By(HttpRequest request) => request.Query["by"] switch
    {
        [] or ["units"] => TopBy.Units,
        ["revenue"] => TopBy.Revenue,
        _ => throw new ProblemException(400, "invalid-query", "by must be units or revenue."),
    };
}
