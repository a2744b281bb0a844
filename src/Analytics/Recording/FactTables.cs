namespace Orders.Analytics.Recording;

/// <summary>The statements that add to one set of tables. Rows come sorted by key; each statement uses its table's primary key.</summary>
/// <param name="Suffix">What follows each table's name: nothing for the live ones.</param>
internal sealed record FactTables(string Suffix)
{
    public static readonly FactTables Live = new("");

    /// <summary>Filled by a rebuild and then put in place of the live ones.</summary>
    public static readonly FactTables Next = new("_next");

    public string AddPlaced { get; } =
        $"""
        INSERT INTO analytics.order_fact{Suffix} AS f (order_id, placed_at, currency, total_minor, lines)
        SELECT order_id, placed_at, currency, total_minor, lines::jsonb
        FROM unnest($1, $2, $3, $4, $5) AS n (order_id, placed_at, currency, total_minor, lines)
        ON CONFLICT (order_id) DO UPDATE
        SET placed_at = excluded.placed_at, currency = excluded.currency, total_minor = excluded.total_minor, lines = excluded.lines
        WHERE f.placed_at IS NULL
        RETURNING order_id, outcome
        """;

    public string AddEnded { get; } =
        $"""
        INSERT INTO analytics.order_fact{Suffix} AS f (order_id, outcome)
        SELECT * FROM unnest($1, $2)
        ON CONFLICT (order_id) DO UPDATE
        SET outcome = excluded.outcome
        WHERE f.outcome IS NULL
        RETURNING outcome, placed_at, currency
        """;

    public string AddSales { get; } =
        $"""
        INSERT INTO analytics.sales_hour{Suffix} AS s
            (hour, currency, orders, units, revenue_minor, completed, rejected, cancelled)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (hour, currency) DO UPDATE
        SET orders = s.orders + excluded.orders, units = s.units + excluded.units,
            revenue_minor = s.revenue_minor + excluded.revenue_minor, completed = s.completed + excluded.completed,
            rejected = s.rejected + excluded.rejected, cancelled = s.cancelled + excluded.cancelled
        """;

    public string AddItems { get; } =
        $"""
        INSERT INTO analytics.item{Suffix} AS i (sku, currency, name, named_at, orders, units, revenue_minor)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (sku, currency) DO UPDATE
        SET name = CASE WHEN (excluded.named_at, excluded.name COLLATE "C") > (i.named_at, i.name) THEN excluded.name ELSE i.name END,
            named_at = greatest(i.named_at, excluded.named_at),
            orders = i.orders + excluded.orders, units = i.units + excluded.units,
            revenue_minor = i.revenue_minor + excluded.revenue_minor
        """;

    public string AddPairs { get; } =
        $"""
        INSERT INTO analytics.pair{Suffix} AS p (a, b, together)
        SELECT * FROM unnest($1, $2, $3)
        ON CONFLICT (a, b) DO UPDATE SET together = p.together + excluded.together
        """;
}
