using Npgsql;

namespace Orders.Host.Verify;

/// <summary>
/// What the modules keep in databases of their own, side by side in one for as long as it is checked: a database beside the
/// first of them, dropped when disposed. Each is copied as of one moment.
/// </summary>
internal sealed class GatheredDatabase : IAsyncDisposable
{
    private readonly NpgsqlDataSource beside;
    private readonly string name;

    private GatheredDatabase(NpgsqlDataSource beside, string name, string connection) =>
        (this.beside, this.name, Gathered) = (beside, name, NpgsqlDataSource.Create(connection));

    public NpgsqlDataSource Gathered { get; }

    /// <exception cref="InvalidOperationException">The user of the first connection may not create a database.</exception>
    public static async Task<GatheredDatabase> CreateAsync(IReadOnlyList<string> connections, IEnumerable<string> tables, CancellationToken cancellationToken)
    {
        var made = $"orders_verify_{Guid.CreateVersion7():N}";
        var server = NpgsqlDataSource.Create(connections[0]);
        try
        {
            await ExecuteAsync(server, $"create database {made}", cancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            await server.DisposeAsync();
            throw new InvalidOperationException(
                "To look across databases, verify copies them into one that it makes beside the first and drops again. Give the first connection a user with CREATEDB.",
                refused);
        }

        var gathered = new GatheredDatabase(server, made, new NpgsqlConnectionStringBuilder(connections[0]) { Database = made, Pooling = false }.ConnectionString);
        try
        {
            foreach (var connection in connections)
            {
                await gathered.AddAsync(connection, [.. tables], cancellationToken);
            }

            return gathered;
        }
        catch
        {
            await gathered.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gathered.DisposeAsync();
        await ExecuteAsync(beside, $"drop database {name} with (force)", CancellationToken.None);
        await beside.DisposeAsync();
    }

    private async Task AddAsync(string connection, string[] tables, CancellationToken cancellationToken)
    {
        await using var from = new NpgsqlConnection(connection);
        await from.OpenAsync(cancellationToken);
        await using var moment = await from.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        await using var to = await Gathered.OpenConnectionAsync(cancellationToken);
        foreach (var (table, columns, definition) in await TablesAsync(from, tables, cancellationToken))
        {
            // A message that went from one database to the other is in both.
            await ExecuteAsync(
                to,
                $"""
                create schema if not exists {table.Split('.')[0]};
                create unlogged table if not exists {table} ({definition}{(table == "bus.message" ? ", primary key (id)" : "")});
                create temporary table arriving (like {table})
                """,
                cancellationToken);
            await CopyAsync(from, $"copy (select {columns} from {table}) to stdout (format binary)", to, $"copy arriving ({columns}) from stdin (format binary)", cancellationToken);
            await ExecuteAsync(to, $"insert into {table} ({columns}) select {columns} from arriving on conflict do nothing; drop table arriving", cancellationToken);
        }
    }

    private static async Task<List<(string Table, string Columns, string Definition)>> TablesAsync(
        NpgsqlConnection from, string[] tables, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select name,
              string_agg(quote_ident(attname), ', ' order by attnum),
              string_agg(format('%I %s', attname, format_type(atttypid, atttypmod)), ', ' order by attnum)
            from unnest($1) as name
            join pg_attribute on attrelid = to_regclass(name) and attnum > 0 and not attisdropped
            group by name
            """,
            from) { Parameters = { new() { Value = tables } } };
        var found = new List<(string, string, string)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return found;
    }

    private static async Task CopyAsync(NpgsqlConnection from, string read, NpgsqlConnection to, string write, CancellationToken cancellationToken)
    {
        await using var source = await from.BeginRawBinaryCopyAsync(read, cancellationToken);
        await using var target = await to.BeginRawBinaryCopyAsync(write, cancellationToken);
        await source.CopyToAsync(target, cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource database, string sql, CancellationToken cancellationToken)
    {
        // To make and to drop a database waits for a checkpoint, on a busy disk for longer than commands may take.
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
