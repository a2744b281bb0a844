using Npgsql;

namespace Orders.Host.Bench;

/// <summary>Makes the limit's own tables after the system's, and reads a sample order's rows.</summary>
internal static class LimitTables
{
    /// <summary>Where an order's facts are, and the column that names the order there.</summary>
    private static readonly (string Schema, string Table, string Column)[] Facts =
    [
        ("bus", "message", "key"),
        ("bus", "saga", "correlation"),
        ("orders", "confirm_key", "order_id"),
        ("orders", "order_view", "id"),
        ("inventory", "hold", "order_id"),
        ("inventory", "stock_entry", "order_id"),
        ("payments", "payment", "order_id"),
        ("dispatch", "shipment", "order_id"),
        ("sim", "psp_operation", "reference"),
    ];

    public static async Task<IReadOnlyList<LimitTable>> CreateAsync(
        NpgsqlConnection connection, Guid sample, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, $"DROP SCHEMA IF EXISTS {LimitRun.Schema} CASCADE; CREATE SCHEMA {LimitRun.Schema}", cancellationToken);
        var tables = new List<LimitTable>();
        foreach (var (schema, table, column) in Facts)
        {
            var name = $"{schema}_{table}";
            await ExecuteAsync(
                connection,
                $"CREATE TABLE {LimitRun.Schema}.{name} (LIKE {schema}.{table} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING INDEXES INCLUDING STORAGE)",
                cancellationToken);
            var columns = await ColumnsAsync(connection, $"{schema}.{table}", cancellationToken);
            tables.Add(new(name, columns, await RowsAsync(connection, $"{schema}.{table}", column, columns, sample, cancellationToken)));
        }

        return tables;
    }

    private static async Task<List<LimitColumn>> ColumnsAsync(NpgsqlConnection connection, string table, CancellationToken cancellationToken)
    {
        // Identity columns number themselves.
        await using var command = new NpgsqlCommand(
            """
            SELECT column_.attname, format_type(column_.atttypid, NULL),
                   EXISTS (SELECT FROM pg_index WHERE indrelid = column_.attrelid AND indisunique AND column_.attnum = ANY (indkey))
            FROM pg_attribute AS column_
            WHERE column_.attrelid = @table::regclass AND column_.attnum > 0 AND NOT column_.attisdropped AND column_.attidentity = ''
            ORDER BY column_.attnum
            """,
            connection);
        command.Parameters.AddWithValue("table", table);
        var columns = new List<LimitColumn>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            columns.Add(new(reader.GetString(0), reader.GetString(1), reader.GetBoolean(2)));
        }

        return columns;
    }

    private static async Task<List<object[]>> RowsAsync(
        NpgsqlConnection connection, string table, string column, List<LimitColumn> columns, Guid sample, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {string.Join(", ", columns.Select(each => each.Name))} FROM {table} WHERE {column}::text = @order", connection);
        command.Parameters.AddWithValue("order", sample.ToString());
        var rows = new List<object[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object[columns.Count];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows.Count > 0
            ? rows
            : throw new InvalidOperationException($"The sample order {sample} has no row in {table}: the limit would write less than the pipeline.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
