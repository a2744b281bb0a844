using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>A message that gave up, as an operator sees it.</summary>
/// <param name="Body">null where it is too large to be shown: in a list, where it is larger than 16 KiB.</param>
/// <param name="Resolution">null while open, then <c>retried</c> or <c>discarded</c>.</param>
/// <param name="EditedAs">The id of the message that was sent instead, where it was edited.</param>
/// <param name="RetryRun">The run that retried it, if one did.</param>
public sealed record FailedMessage(
    Guid Id,
    string Endpoint,
    string Type,
    int Version,
    Guid MessageId,
    string Key,
    DateTimeOffset FailedAt,
    int Attempts,
    string Reason,
    string Exception,
    string Stack,
    string? Body,
    IReadOnlyDictionary<string, string> Headers,
    string? Resolution,
    DateTimeOffset? ResolvedAt,
    string? ResolvedBy,
    string? Note,
    Guid? EditedAs,
    Guid? RetryRun)
{
    /// <summary>To be followed by conditions; $1 is the largest body that is read, in bytes.</summary>
    internal const string Select =
        """
        select f.id, e.name, f.failed_at, f.attempts, f.reason, f.exception, f.stack, f.resolution, f.resolved_at, f.resolved_by, f.note,
          f.edited_as, f.retry_run, m.id, m.type, m.version, m.key, m.intent, m.sender, m.reply_to, m.conversation, m.cause, m.trace,
          m.sent_at, m.headers, case when octet_length(m.body) <= $1 then m.body end
        from bus.failed f join bus.endpoint e on e.id = f.endpoint join bus.message m on m.id = f.message
        """;

    internal static FailedMessage Read(NpgsqlDataReader row)
    {
        var message = Message(row);
        return new(
            row.GetGuid(0),
            row.GetString(1),
            message.Type,
            message.Version,
            message.Id,
            message.Key,
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetInt32(3),
            row.GetString(4),
            row.GetString(5),
            row.GetString(6),
            message.Body,
            message.ReadableHeaders,
            Text(row, 7),
            row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
            Text(row, 9),
            Text(row, 10),
            Uuid(row, 11),
            Uuid(row, 12));
    }

    internal static IncomingMessage Message(NpgsqlDataReader row) => new(
        Seq: 0,
        Lane: 0,
        Retries: 0,
        row.GetGuid(13),
        row.GetString(14),
        row.GetInt16(15),
        row.GetString(16),
        (MessageIntent)row.GetInt16(17),
        Text(row, 18),
        Text(row, 19),
        row.GetGuid(20),
        Uuid(row, 21),
        Text(row, 22),
        row.GetFieldValue<DateTimeOffset>(23),
        Text(row, 24),
        Text(row, 25));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static Guid? Uuid(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
