using System.Collections.Concurrent;
using Orders.Contracts;
using Orders.Host.Client;

namespace Orders.Host.ImportRetail;

/// <summary>
/// Keeps the shop's catalogue at the prices that the file sells at. Half of the data set's items change their price from
/// invoice to invoice, so an item is set anew whenever the next invoice has another price: the code stays the item's sku.
/// </summary>
internal sealed class RetailCatalogue(ShopApi shop)
{
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<string, Money> prices = new(StringComparer.Ordinal);

    /// <summary>Reads what the shop has already.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            var page = await shop.CatalogAsync(cursor, cancellationToken);
            foreach (var item in page.Items)
            {
                prices[item.Sku] = item.UnitPrice;
            }

            cursor = page.Next;
        }
        while (cursor is not null);
    }

    public bool Knows(string sku) => prices.ContainsKey(sku);

    /// <summary>Sets the items whose price is another one.</summary>
    /// <returns>What the shop refused, by sku.</returns>
    public async Task<IReadOnlyDictionary<string, string>> PutAsync(IEnumerable<OrderLine> lines, CancellationToken cancellationToken)
    {
        var refused = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var changed = lines.Where(line => !prices.TryGetValue(line.Sku, out var price) || price != line.UnitPrice);
        await Parallel.ForEachAsync(changed, Options(cancellationToken), async (line, token) =>
        {
            var answer = await shop.PutItemAsync(line.Sku, new(line.Name, line.UnitPrice), token);
            if (answer.Problem is null)
            {
                prices[line.Sku] = line.UnitPrice;
            }
            else
            {
                refused[line.Sku] = answer.Refusal;
            }
        });
        return refused;
    }

    /// <summary>Puts enough of every item in stock. The key holds the amount: the same file again adds nothing.</summary>
    public Task StockAsync(IReadOnlyDictionary<string, int> needed, Action progressed, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(needed, Options(cancellationToken), async (item, token) =>
        {
            var key = $"retail-stock-{Uri.EscapeDataString(item.Key)}-{item.Value}";
            await shop.AdjustStockAsync(new(item.Key, item.Value, "retail import"), key, token);
            progressed();
        });

    private static ParallelOptions Options(CancellationToken cancellationToken) =>
        new() { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
}
