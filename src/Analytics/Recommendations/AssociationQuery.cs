using Npgsql;

namespace Orders.Analytics.Recommendations;

/// <summary>Reads the counts around one item in one statement, so that they fit each other.</summary>
internal sealed class AssociationQuery(NpgsqlDataSource database)
{
    // Uses the primary keys of pair and item, and pair_b.
    private const string Read =
        """
        SELECT other.sku, named.name, other.together, named.orders,
               (SELECT sum(orders)::bigint FROM analytics.sales_hour),
               (SELECT sum(orders)::bigint FROM analytics.item WHERE sku = $1)
        FROM (
            SELECT b AS sku, together FROM analytics.pair WHERE a = $1
            UNION ALL
            SELECT a, together FROM analytics.pair WHERE b = $1) AS other
        CROSS JOIN LATERAL (
            SELECT (array_agg(name ORDER BY named_at DESC, currency))[1] AS name, sum(orders)::bigint AS orders
            FROM analytics.item
            WHERE sku = other.sku) AS named
        """;

    public async Task<IReadOnlyList<Recommendation>> RunAsync(string sku, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new() { Value = sku });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (orders, ordersWithSku) = (0L, 0L);
        var associations = new List<Association>();
        while (await reader.ReadAsync(cancellationToken))
        {
            associations.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3)));
            (orders, ordersWithSku) = (reader.GetInt64(4), reader.GetInt64(5));
        }

        return Ranking.Rank(orders, ordersWithSku, associations, limit);
    }
}
