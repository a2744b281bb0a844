using Npgsql;
using Orders.Hosting;
using Orders.Inventory.Catalog;
using Orders.Inventory.Http;

namespace Orders.Inventory.Stock;

/// <summary><c>GET /api/stock/{sku}</c></summary>
internal static class StockEndpoint
{
    private const string Find = "SELECT on_hand, held, shipped, adjusted FROM inventory.stock WHERE sku = $1";

    public static void MapStock(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/stock/{sku}", ShowAsync)
            .Needs(Roles.Operator)
            .Describe(
                "stock", "getStock", "Shows an item's balances",
                "Always onHand + shipped = adjusted, and available = onHand - held, which is never negative.")
            .TakesPath("sku", "The item.")
            .Gives(200, InventoryJson.Strict.StockBalances, "The balances.")
            .Fails(404, "not-found");

    private static async Task<IResult> ShowAsync(string sku, HttpContext http, NpgsqlDataSource database)
    {
        var level = ItemRules.IsSku(sku) ? await FindAsync(database, sku, http.RequestAborted) : null;
        return level is null
            ? Problems.Of(404, "not-found", "There is no such item.")
            : TypedResults.Json(StockBalances.Of(level), InventoryJson.Strict.StockBalances);
    }

    private static async Task<StockLevel?> FindAsync(NpgsqlDataSource database, string sku, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Find);
        command.Parameters.Add(new() { Value = sku });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new(sku, reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3))
            : null;
    }
}

/// <summary>The balances as operators see them.</summary>
internal sealed record StockBalances(string Sku, long OnHand, long Held, long Shipped, long Available, long Adjusted)
{
    public static StockBalances Of(StockLevel level) =>
        new(level.Sku, level.OnHand, level.Held, level.Shipped, level.Available, level.Adjusted);
}
