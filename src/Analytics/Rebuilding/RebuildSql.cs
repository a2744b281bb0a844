namespace Orders.Analytics.Rebuilding;

/// <summary>The statements around a rebuild. All run in its one transaction, so that a crash leaves nothing behind.</summary>
internal static class RebuildSql
{
    /// <summary>Two rebuilds at once would only wait for each other. The number is this module's own.</summary>
    public const string Claim = "SELECT pg_try_advisory_xact_lock(7261, 1)";

    public const string CreateNext =
        """
        CREATE TABLE analytics.order_fact_next (LIKE analytics.order_fact INCLUDING ALL) WITH (fillfactor = 70);
        CREATE TABLE analytics.sales_hour_next (LIKE analytics.sales_hour INCLUDING ALL) WITH (fillfactor = 30);
        CREATE TABLE analytics.item_next (LIKE analytics.item INCLUDING ALL) WITH (fillfactor = 50);
        CREATE TABLE analytics.pair_next (LIKE analytics.pair INCLUDING ALL) WITH (fillfactor = 70);
        """;

    /// <summary>Every batch begins by writing order_fact, so one lock holds all of them back; queries go on reading.</summary>
    public const string StopLive = "LOCK TABLE analytics.order_fact IN SHARE ROW EXCLUSIVE MODE";

    public const string Swap =
        """
        ANALYZE analytics.order_fact_next, analytics.sales_hour_next, analytics.item_next, analytics.pair_next;
        LOCK TABLE analytics.order_fact, analytics.sales_hour, analytics.item, analytics.pair IN ACCESS EXCLUSIVE MODE;
        DROP TABLE analytics.order_fact, analytics.sales_hour, analytics.item, analytics.pair;
        ALTER TABLE analytics.order_fact_next RENAME TO order_fact;
        ALTER TABLE analytics.sales_hour_next RENAME TO sales_hour;
        ALTER TABLE analytics.item_next RENAME TO item;
        ALTER TABLE analytics.pair_next RENAME TO pair;
        """;
}
