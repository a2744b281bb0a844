using Microsoft.EntityFrameworkCore;
using Orders.Hosting;

namespace Orders.Inventory.Catalog;

/// <summary>Reads the catalogue, in the order of the skus.</summary>
internal sealed class CatalogQueries(InventoryDb db)
{
    public async Task<CatalogItem?> FindAsync(string sku, CancellationToken cancellationToken) =>
        await db.Catalog.AsNoTracking().SingleOrDefaultAsync(row => row.Sku == sku, cancellationToken) is { } row
            ? CatalogItem.Of(row)
            : null;

    /// <param name="query">Part of the name, or the beginning of the sku; null for all.</param>
    /// <param name="after">The last sku of the page before; null for the first page.</param>
    /// <param name="limit">Items on a page.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<PageOf<CatalogItem>> PageAsync(string? query, string? after, int limit, CancellationToken cancellationToken)
    {
        var rows = db.Catalog.AsNoTracking();
        if (query is not null)
        {
            var pattern = Escaped(query);
            rows = rows.Where(row => EF.Functions.ILike(row.Name, $"%{pattern}%", "\\") || EF.Functions.ILike(row.Sku, $"{pattern}%", "\\"));
        }

        if (after is not null)
        {
            rows = rows.Where(row => string.Compare(row.Sku, after) > 0);
        }

        // One more than the page tells whether there is a next.
        var found = await rows.OrderBy(row => row.Sku).Take(limit + 1).ToListAsync(cancellationToken);
        return new(
            [.. found.Take(limit).Select(CatalogItem.Of)],
            found.Count > limit ? SkuCursor.Write(found[limit - 1].Sku) : null);
    }

    private static string Escaped(string query) => query
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);
}
