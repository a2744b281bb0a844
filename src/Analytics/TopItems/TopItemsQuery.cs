using Npgsql;
using Orders.Contracts;

namespace Orders.Analytics.TopItems;

/// <summary>Reads the items to rank. There are as many rows as items and currencies, so the ranking is done in memory.</summary>
internal sealed class TopItemsQuery(NpgsqlDataSource database)
{
    private const string Read = "SELECT sku, name, named_at, orders, units, currency, revenue_minor FROM analytics.item WHERE $1 IS NULL OR currency = $1";

    public async Task<IReadOnlyList<TopItem>> RunAsync(TopBy by, string? currency, int limit, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(currency, cancellationToken);
        return TopRanking.Rank([.. rows.GroupBy(row => row.Sku, StringComparer.Ordinal).Select(Summed)], by, limit);
    }

    private static TopItem Summed(IGrouping<string, Row> rows) => new(
        rows.Key,
        rows.MaxBy(row => (row.NamedAt, row.Revenue.Currency))!.Name,
        rows.Sum(row => row.Orders),
        rows.Sum(row => row.Units),
        [.. rows.Select(row => row.Revenue).OrderBy(money => money.Currency, StringComparer.Ordinal)]);

    private async Task<List<Row>> RowsAsync(string? currency, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = currency });
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
