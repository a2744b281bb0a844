using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Orders.Bus.Engine;

/// <summary>One thing that an operator did.</summary>
/// <param name="Action"><c>retry</c>, <c>edit-and-retry</c>, <c>discard</c>, <c>retry-all</c>, <c>stop</c> or <c>fork</c>.</param>
/// <param name="Subject">The failed message, the run or the order that it was done to.</param>
public sealed record AuditEntry(long Id, DateTimeOffset At, string Who, string Action, Guid Subject, JsonElement? Before, JsonElement? After);

/// <summary>What operators did, newest first.</summary>
public sealed class AuditTrail(NpgsqlDataSource source)
{
    /// <param name="subject">Only what was done to this failed message or run; null for all. Index audit_subject.</param>
    /// <param name="before">The last id of the page before.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async Task<List<AuditEntry>> ListAsync(Guid? subject, long? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select id, at, who, action, subject, before::text, after::text from bus.audit
            where ($1::uuid is null or subject = $1) and ($2::bigint is null or id < $2) order by id desc limit $3
            """);
        command.Parameters.Add(new() { Value = subject ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = before ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Bigint });
        command.Parameters.Add(new() { Value = limit });
        var entries = new List<AuditEntry>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new(
                reader.GetInt64(0),
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.GetString(2),
                reader.GetString(3),
                reader.GetGuid(4),
                Json(reader, 5),
                Json(reader, 6)));
        }

        return entries;
    }

    private static JsonElement? Json(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : JsonElement.Parse(reader.GetString(column));
}
