using Npgsql;

namespace Orders.Api.OrderViews;

/// <summary>The statements on <c>orders.order_view</c>. An order's id is a UUIDv7 of its placing, so newest first is id descending.</summary>
internal static class OrderViewSql
{
    /// <summary>By <c>order_view_pkey</c>.</summary>
    public const string Load = "SELECT document FROM orders.order_view WHERE id = ANY ($1)";

    /// <summary>By <c>order_view_pkey</c>.</summary>
    public const string Find = "SELECT id, user_id, status, version, document FROM orders.order_view WHERE id = $1";

    /// <summary>Skus travel joined by line feeds, which no sku holds: arrays of arrays do not unnest by row.</summary>
    public const string Add = """
        INSERT INTO orders.order_view (id, status, version, document, user_id, skus)
        SELECT id, status, version, document, user_id, string_to_array(skus, E'\n')
        FROM unnest($1, $2, $3, $4, $5, $6) AS row (id, status, version, document, user_id, skus)
        ON CONFLICT (id) DO NOTHING
        """;

    /// <summary>Touches no indexed column, so that the new row stays on the old one's page (HOT).</summary>
    public const string Replace = """
        UPDATE orders.order_view AS view
        SET status = row.status, version = row.version, document = row.document
        FROM unnest($1, $2, $3, $4) AS row (id, status, version, document)
        WHERE view.id = row.id AND view.version < row.version
        """;

    /// <summary>By <c>order_view_pkey</c>.</summary>
    public const string Disown = "UPDATE orders.order_view SET user_id = NULL WHERE id = ANY ($1)";

    /// <summary>By <c>order_view_user</c> or <c>order_view_skus</c> if asked for, else backwards along <c>order_view_pkey</c>.</summary>
    public static string List(OrderFilter filter) => $"""
        SELECT id, user_id, status, version, document
        FROM orders.order_view
        WHERE id < $1 AND id >= $2
        {(filter.UserId is null ? "" : "AND user_id = $4")}
        {(filter.Viewer is null ? "" : "AND user_id = $7")}
        {(filter.Sku is null ? "" : "AND skus @> ARRAY[$5]")}
        {(filter.Status is null ? "" : "AND status = $6")}
        ORDER BY id DESC
        LIMIT $3
        """;

    public static void Bind(NpgsqlParameterCollection parameters, OrderFilter filter)
    {
        parameters.Add(new() { Value = Upper(filter) });
        parameters.Add(new() { Value = filter.From is { } from ? FirstIdAt(from) : Guid.Empty });
        parameters.Add(new() { Value = filter.Limit + 1 });
        parameters.Add(new() { Value = filter.UserId ?? "" });
        parameters.Add(new() { Value = filter.Sku ?? "" });
        parameters.Add(new() { Value = filter.Status ?? "" });
        parameters.Add(new() { Value = filter.Viewer ?? "" });
    }

    /// <summary>The least UUIDv7 of a millisecond: RFC 9562, section 5.7, puts the time in the first 48 bits.</summary>
    private static Guid FirstIdAt(DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        var milliseconds = Math.Max(0, at.ToUnixTimeMilliseconds());
        for (var index = 0; index < 6; index++)
        {
            bytes[index] = (byte)(milliseconds >> (40 - (8 * index)));
        }

        return new(bytes, bigEndian: true);
    }

    /// <summary>The first id that is too late: <c>to</c> is exclusive, and a page begins where the one before ended.</summary>
    private static Guid Upper(OrderFilter filter)
    {
        var to = filter.To is { } until ? FirstIdAt(until) : Guid.AllBitsSet;
        return filter.Before is { } before && string.CompareOrdinal(before.ToString("N"), to.ToString("N")) < 0 ? before : to;
    }
}
