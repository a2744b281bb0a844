using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>A message that gave up, as an operator sees it.</summary>
/// <param name="Resolution">null while open, then <c>retried</c> or <c>discarded</c>.</param>
public sealed record FailedMessage(
    Guid Id,
    string Endpoint,
    string Type,
    Guid MessageId,
    string Key,
    DateTimeOffset FailedAt,
    int Attempts,
    string Reason,
    string Exception,
    string Stack,
    string Body,
    IReadOnlyDictionary<string, string> Headers,
    string? Resolution,
    DateTimeOffset? ResolvedAt,
    string? ResolvedBy,
    string? Note);

/// <summary>The error queue: read it, send a message back, or close it with a reason. Doing one of them twice has one effect.</summary>
public sealed class ErrorQueue
{
    private const string Select =
        """
        select f.id, e.name, f.failed_at, f.attempts, f.reason, f.exception, f.stack, f.resolution, f.resolved_at, f.resolved_by, f.note,
          m.id, m.type, m.version, m.key, m.intent, m.sender, m.reply_to, m.conversation, m.cause, m.trace, m.sent_at, m.headers, m.body
        from bus.failed f join bus.endpoint e on e.id = f.endpoint join bus.message m on m.id = f.message
        """;

    private readonly NpgsqlDataSource source;
    private readonly WakeUps wakeUps;

    internal ErrorQueue(NpgsqlDataSource source, WakeUps wakeUps) => (this.source, this.wakeUps) = (source, wakeUps);

    /// <summary>Open ones, newest first; index failed_open. Ids are time-ordered, so the last id is the cursor.</summary>
    public Task<List<FailedMessage>> ListAsync(string? endpoint, string? type, Guid? before, int limit, CancellationToken cancellationToken) =>
        ReadAsync(
            Select + """

             where f.resolution is null and ($1::text is null or e.name = $1) and ($2::text is null or m.type = $2)
               and ($3::uuid is null or f.id < $3)
             order by f.id desc limit $4
             """,
            cancellationToken,
            new NpgsqlParameter<string?> { TypedValue = endpoint },
            new NpgsqlParameter<string?> { TypedValue = type },
            new NpgsqlParameter { Value = before ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid },
            new NpgsqlParameter { Value = limit });

    /// <returns>Null where there is none of that id.</returns>
    public async Task<FailedMessage?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(Select + " where f.id = $1", cancellationToken, new NpgsqlParameter { Value = id })).FirstOrDefault();

    /// <summary>Puts the message back into its endpoint's queue, unless that or a discard has been done already.</summary>
    public async Task<FailedMessage?> RetryAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            with open as (
              update bus.failed set resolution = 'retried', resolved_at = bus.now(), resolved_by = $2
              where id = $1 and resolution is null returning endpoint, lane, message, away),
            gone as (insert into bus.outgoing (message, endpoint) select message, endpoint from open where away)
            insert into bus.delivery (endpoint, lane, message) select endpoint, lane, message from open where not away
            """,
            cancellationToken,
            id,
            by);
        var message = await FindAsync(id, cancellationToken);
        wakeUps.Sent(message is null ? [] : [message.Endpoint, WakeUps.Outgoing], delayed: false);
        return message;
    }

    /// <summary>Closes it for good, unless that or a retry has been done already.</summary>
    public async Task<FailedMessage?> DiscardAsync(Guid id, string by, string reason, CancellationToken cancellationToken)
    {
        await ExecuteAsync(
            """
            update bus.failed set resolution = 'discarded', resolved_at = bus.now(), resolved_by = $2, note = $3
            where id = $1 and resolution is null
            """,
            cancellationToken,
            id,
            by,
            reason);
        return await FindAsync(id, cancellationToken);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<FailedMessage>> ReadAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        var rows = new List<FailedMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var message = Message(reader);
            rows.Add(new(
                reader.GetGuid(0),
                reader.GetString(1),
                message.Type,
                message.Id,
                message.Key,
                reader.GetFieldValue<DateTimeOffset>(2),
                reader.GetInt32(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.GetString(6),
                message.Body!,
                message.ReadableHeaders,
                Text(reader, 7),
                reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
                Text(reader, 9),
                Text(reader, 10)));
        }

        return rows;
    }

    private static IncomingMessage Message(NpgsqlDataReader reader) => new(
        Seq: 0,
        Lane: 0,
        Retries: 0,
        reader.GetGuid(11),
        reader.GetString(12),
        reader.GetInt16(13),
        reader.GetString(14),
        (MessageIntent)reader.GetInt16(15),
        Text(reader, 16),
        Text(reader, 17),
        reader.GetGuid(18),
        reader.IsDBNull(19) ? null : reader.GetGuid(19),
        Text(reader, 20),
        reader.GetFieldValue<DateTimeOffset>(21),
        Text(reader, 22),
        reader.GetString(23));

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
