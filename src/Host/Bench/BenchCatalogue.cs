using Orders.Contracts;
using Orders.Host.Client;

namespace Orders.Host.Bench;

/// <summary>The items that the load orders, with more stock than it can buy.</summary>
internal static class BenchCatalogue
{
    private const int Stock = 10_000_000;

    public static Task SeedAsync(ShopApi shop, CancellationToken cancellationToken)
    {
        _ = Money.TryParse(LoadRequest.Price, LoadRequest.Currency, out var price, out _);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        return Parallel.ForEachAsync(Enumerable.Range(0, BenchOptions.Items), options, async (item, token) =>
        {
            var sku = LoadRequest.Sku(item);
            var put = await shop.PutItemAsync(sku, new($"Bench item {item}", price), token);
            var stocked = await shop.AdjustStockAsync(new(sku, Stock, "bench"), $"stock-{sku}", token);
            if ((put.Problem ?? stocked.Problem) is { } problem)
            {
                throw new InvalidOperationException($"The item {sku} was refused: {problem.Slug}: {problem.Detail}");
            }
        });
    }
}
