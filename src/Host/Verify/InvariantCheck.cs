using Npgsql;

namespace Orders.Host.Verify;

/// <summary>
/// One promise, as a question to the database whose answer is the list of everything that breaks it. All checks of a run see
/// the same snapshot, so a system at work can be checked; what has not come to rest in it is not judged yet.
/// </summary>
internal abstract class InvariantCheck
{
    private const int Shown = 5;

    public abstract string Name { get; }

    /// <summary>The tables it reads, <c>schema.table</c>: without them it cannot run.</summary>
    protected abstract IReadOnlyList<string> Tables { get; }

    /// <summary>One text column, a row a fault.</summary>
    protected abstract string Faults { get; }

    /// <summary>One text: what was looked at, for the detail of a check that holds.</summary>
    protected abstract string LookedAt { get; }

    public async Task<CheckResult> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var missing = await TextsAsync(
            connection, "SELECT name FROM unnest(@tables) AS name WHERE to_regclass(name) IS NULL", cancellationToken, Tables);
        if (missing.Count > 0)
        {
            return new(Name, Ok: true, $"not checked: this database has no {string.Join(", ", missing)}");
        }

        var faults = await TextsAsync(connection, Faults, cancellationToken);
        return faults.Count == 0
            ? new(Name, Ok: true, (await TextsAsync(connection, LookedAt, cancellationToken)).Single())
            : new(Name, Ok: false, $"{faults.Count} found: {string.Join("; ", faults.Take(Shown))}{(faults.Count > Shown ? "; …" : "")}");
    }

    private static async Task<List<string>> TextsAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, IReadOnlyList<string>? tables = null)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        if (tables is not null)
        {
            command.Parameters.AddWithValue("tables", tables.ToArray());
        }

        var texts = new List<string>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
