using Orders.Hosting;
using Orders.Inventory.Http;

namespace Orders.Inventory.Adjusting;

/// <summary><c>POST /api/stock-adjustments</c></summary>
internal static class AdjustmentEndpoint
{
    public static void MapAdjustments(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/stock-adjustments", AdjustAsync)
            .Needs(Roles.Operator)
            .Describe("stock", "adjustStock", "Books units in or out")
            .TakesIdempotencyKey()
            .Takes(InventoryJson.Strict.StockAdjustmentBody)
            .Gives(200, InventoryJson.Strict.AdjustedStock, "The balances right after it.", IdempotencyKeyHeader.Replayed)
            .Fails(409, "insufficient-stock")
            .Fails(422, "unknown-sku", "card-number-refused");

    private static async Task<IResult> AdjustAsync(HttpContext http, AdjustStock adjust)
    {
        var key = IdempotencyKeyHeader.Read(http.Request);
        var body = await JsonBody.ReadAsync(http, InventoryJson.Strict.StockAdjustmentBody);
        body.Check();
        var (answer, replayed) = await adjust.RunAsync(http.Caller().UserId ?? "", key, body, http.RequestAborted);
        if (replayed)
        {
            http.Response.Headers[IdempotencyKeyHeader.Replayed] = "true";
        }

        return TypedResults.Json(answer, InventoryJson.Strict.AdjustedStock);
    }
}
