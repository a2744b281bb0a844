using Npgsql;
using Orders.Contracts;

namespace Orders.Analytics.TopItems;

/// <summary>Ranks the items. There are as many rows as items, so the ranking is done here, currencies and all.</summary>
internal sealed class TopItemsQuery(NpgsqlDataSource database)
{
    private const string Read = "SELECT sku, name, named_at, orders, units, currency, revenue_minor FROM analytics.item";

    public async Task<IReadOnlyList<TopItem>> RunAsync(TopBy by, int limit, CancellationToken cancellationToken)
    {
        var items = (await RowsAsync(cancellationToken)).GroupBy(row => row.Sku, StringComparer.Ordinal).Select(Summed);
        var ranked = by switch
        {
            TopBy.Units => items.OrderByDescending(item => item.Units),
            TopBy.Revenue => items.OrderByDescending(item => item.RevenueRank),
            _ => throw new ArgumentOutOfRangeException(nameof(by), by, "Say here how to rank by it."),
        };
        return [.. ranked.ThenBy(item => item.Sku, StringComparer.Ordinal).Take(limit)];
    }

    private static TopItem Summed(IGrouping<string, Row> rows) => new(
        rows.Key,
        rows.MaxBy(row => (row.NamedAt, row.Revenue.Currency))!.Name,
        rows.Sum(row => row.Orders),
        rows.Sum(row => row.Units),
        [.. rows.Select(row => row.Revenue).OrderBy(money => money.Currency, StringComparer.Ordinal)]);

    private async Task<List<Row>> RowsAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(
                reader.GetString(0),
                reader.GetString(1),
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetInt64(3),
                reader.GetInt64(4),
                new(reader.GetInt64(6), reader.GetString(5))));
        }

        return rows;
    }

    private sealed record Row(string Sku, string Name, DateTimeOffset NamedAt, long Orders, long Units, Money Revenue);
}

internal enum TopBy
{
    Units,
    Revenue,
}
