using Npgsql;
using Orders.Contracts;

namespace Orders.Analytics.Sales;

/// <summary>Reads sales a bucket. Buckets without orders are left out.</summary>
internal sealed class SalesQuery(NpgsqlDataSource database)
{
    // The primary key's hours.
    private const string OfAll =
        """
        SELECT date_trunc($3, hour, 'UTC') AS bucket, currency, sum(orders)::bigint, sum(units)::bigint, sum(revenue_minor)::bigint,
               sum(completed)::bigint, sum(rejected)::bigint, sum(cancelled)::bigint
        FROM analytics.sales_hour
        WHERE hour >= $1 AND hour < $2
        GROUP BY bucket, currency
        ORDER BY bucket, currency
        LIMIT $4
        """;

    // order_fact_placed_at narrows to the time; the lines of those orders are looked through.
    private const string OfItem =
        """
        SELECT date_trunc($3, placed_at, 'UTC') AS bucket, currency, count(*), sum((line ->> 'units')::bigint)::bigint,
               sum((line ->> 'revenueMinor')::bigint)::bigint, count(*) FILTER (WHERE outcome = 'completed'),
               count(*) FILTER (WHERE outcome = 'rejected'), count(*) FILTER (WHERE outcome = 'cancelled')
        FROM analytics.order_fact, jsonb_array_elements(lines) AS line
        WHERE placed_at >= $1 AND placed_at < $2 AND line ->> 'sku' = $5
        GROUP BY bucket, currency
        ORDER BY bucket, currency
        LIMIT $4
        """;

    private const int MaxRows = 20_000;

    /// <param name="range">The buckets.</param>
    /// <param name="sku">Only this item's units and revenue, in the orders that hold it; null for all.</param>
    /// <param name="cancellationToken">Cancels the query.</param>
    public async Task<IReadOnlyList<SalesBucket>> RunAsync(SalesRange range, string? sku, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(sku is null ? OfAll : OfItem);
        command.Parameters.Add(new() { Value = range.From });
        command.Parameters.Add(new() { Value = range.To });
        command.Parameters.Add(new() { Value = range.Interval });
        command.Parameters.Add(new() { Value = MaxRows });
        if (sku is not null)
        {
            command.Parameters.Add(new() { Value = sku });
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var buckets = new List<SalesBucket>();
        while (await reader.ReadAsync(cancellationToken))
        {
            Add(buckets, Read(reader));
        }

        return buckets;
    }

    private static SalesBucket Read(NpgsqlDataReader reader) => new(
        reader.GetDateTime(0),
        reader.GetInt64(2),
        reader.GetInt64(3),
        [new Money(reader.GetInt64(4), reader.GetString(1))],
        reader.GetInt64(5),
        reader.GetInt64(6),
        reader.GetInt64(7));

    // Rows come a bucket and currency; a bucket's currencies follow each other.
    private static void Add(List<SalesBucket> buckets, SalesBucket row)
    {
        if (buckets.Count == 0 || buckets[^1].From != row.From)
        {
            buckets.Add(row);
            return;
        }

        var before = buckets[^1];
        buckets[^1] = new(
            row.From,
            before.Orders + row.Orders,
            before.Units + row.Units,
            [.. before.Revenue, .. row.Revenue],
            before.Completed + row.Completed,
            before.Rejected + row.Rejected,
            before.Cancelled + row.Cancelled);
    }
}
