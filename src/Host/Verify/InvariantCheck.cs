using System.Text.Json;
using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Host.Verify;

/// <summary>
/// One promise, as a question to the database whose answer is the list of everything that breaks it. All checks of a run see
/// the same snapshot, so a system at work can be checked; what has not come to rest in it is not judged yet.
/// </summary>
internal abstract class InvariantCheck
{
    private const int Shown = 5;

    public abstract string Name { get; }

    /// <summary>True where each of several databases is checked by itself, because it is about that database's own queues.</summary>
    public virtual bool IsOfEachDatabase => false;

    /// <summary>The tables it reads, <c>schema.table</c>: without them it cannot run.</summary>
    public abstract IReadOnlyList<string> Tables { get; }

    /// <summary>One text column, a row a fault.</summary>
    protected abstract string Faults { get; }

    /// <summary>One text: what was looked at, for the detail of a check that holds.</summary>
    protected abstract string LookedAt { get; }

    /// <summary>
    /// The JSON that it reads out of text columns, as two text columns: what a row is, and its JSON. Looked through only when the
    /// database could not read something, to name the row. Empty: it reads none.
    /// </summary>
    protected virtual string Json => "";

    /// <summary>A fault of the stored data fails this check alone: the others say what they find.</summary>
    public async Task<CheckResult> RunAsync(NpgsqlConnection connection, NpgsqlTransaction snapshot, CancellationToken cancellationToken)
    {
        await snapshot.SaveAsync("before_check", cancellationToken);
        try
        {
            return await JudgeAsync(connection, cancellationToken);
        }
        catch (PostgresException e) when (!Database.IsDown(e))
        {
            await snapshot.RollbackAsync("before_check", cancellationToken);
            var rows = await MalformedAsync(connection, cancellationToken);
            return new(Name, Ok: false, $"cannot be judged, {(rows.Count == 0 ? "" : List(rows) + ": ")}{e.MessageText}");
        }
    }

    private async Task<CheckResult> JudgeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var missing = await TextsAsync(
            connection, "SELECT name FROM unnest(@tables) AS name WHERE to_regclass(name) IS NULL", cancellationToken, Tables);
        if (missing.Count > 0)
        {
            return CheckResult.Without(Name, missing);
        }

        var faults = await TextsAsync(connection, Faults, cancellationToken);
        return faults.Count == 0
            ? new(Name, Ok: true, (await TextsAsync(connection, LookedAt, cancellationToken)).Single())
            : new(Name, Ok: false, $"{faults.Count} found: {List(faults)}");
    }

    private static string List(List<string> faults) => string.Join("; ", faults.Take(Shown)) + (faults.Count > Shown ? "; …" : "");

    private async Task<List<string>> MalformedAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var rows = new List<string>();
        if (Json.Length == 0)
        {
            return rows;
        }

        await using var command = new NpgsqlCommand(Json, connection) { CommandTimeout = 300 };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (rows.Count <= Shown && await reader.ReadAsync(cancellationToken))
        {
            if (!IsJson(reader.GetString(1)))
            {
                rows.Add($"{reader.GetString(0)} is no JSON");
            }
        }

        return rows;
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
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
