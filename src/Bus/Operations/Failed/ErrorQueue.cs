using Npgsql;
using NpgsqlTypes;

namespace Orders.Bus.Engine;

/// <summary>
/// The error queue: read it, send a message back as it is or edited, or close it with a reason. Doing one of them twice, at once
/// or later, has one effect; each leaves an audit row in the transaction that did it.
/// </summary>
public sealed class ErrorQueue
{
    private const int LargestListed = 16 * 1024;

    private readonly NpgsqlDataSource source;
    private readonly WakeUps wakeUps;
    private readonly MessageRegistry registry;

    internal ErrorQueue(NpgsqlDataSource source, WakeUps wakeUps, MessageRegistry registry) =>
        (this.source, this.wakeUps, this.registry) = (source, wakeUps, registry);

    /// <summary>Open ones, newest first; index failed_open. Ids are time-ordered, so the last id is the cursor.</summary>
    public async Task<List<FailedMessage>> ListAsync(
        string? endpoint, string? type, Guid? before, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(FailedMessage.Select + """

             where f.resolution is null and ($2::text is null or e.name = $2) and ($3::text is null or m.type = $3)
               and ($4::uuid is null or f.id < $4)
             order by f.id desc limit $5
            """);
        command.Parameters.Add(new() { Value = LargestListed });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = endpoint });
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = type });
        command.Parameters.Add(new() { Value = before ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = limit });
        var rows = new List<FailedMessage>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(FailedMessage.Read(reader));
        }

        return rows;
    }

    /// <returns>Null where there is none of that id.</returns>
    public Task<FailedMessage?> FindAsync(Guid id, CancellationToken cancellationToken) => OneAsync(id, FailedMessage.Read, cancellationToken);

    /// <summary>Puts the message back into its endpoint's queue, unless that or a discard has been done already.</summary>
    public async Task<FailedMessage?> RetryAsync(Guid id, string by, CancellationToken cancellationToken)
    {
        await using (var connection = await source.OpenConnectionAsync(cancellationToken))
        {
            wakeUps.Wake(await Resend.RunAsync(connection, [id], by, run: null, cancellationToken));
        }

        return await FindAsync(id, cancellationToken);
    }

    /// <summary>Sends an edited copy instead: a new message that names the first as its cause.</summary>
    /// <exception cref="MessageEditException">What would be sent cannot be read, or one of its headers is not to be set.</exception>
    public async Task<FailedMessage?> EditAndRetryAsync(Guid id, MessageEdit edit, string by, CancellationToken cancellationToken)
    {
        if (await OneAsync(id, Editable.Read, cancellationToken) is { Failed.Resolution: null } open)
        {
            await using var command = edit.Of(open.Message, registry).Instead(source, id, by);
            await command.ExecuteNonQueryAsync(cancellationToken);
            wakeUps.Wake([open.Failed.Endpoint]);
        }

        return await FindAsync(id, cancellationToken);
    }

    /// <summary>Closes it for good, unless that or a retry has been done already.</summary>
    public async Task<FailedMessage?> DiscardAsync(Guid id, string by, string reason, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with open as (
              update bus.failed set resolution = 'discarded', resolved_at = bus.now(), resolved_by = $2, note = $3
              where id = $1 and resolution is null returning id)
            insert into bus.audit (who, action, subject, before, after)
            select $2, 'discard', id, '{"resolution": null}', jsonb_build_object('resolution', 'discarded', 'reason', $3) from open
            """);
        command.Parameters.Add(new() { Value = id });
        command.Parameters.Add(new() { Value = by });
        command.Parameters.Add(new() { Value = reason });
        await command.ExecuteNonQueryAsync(cancellationToken);
        return await FindAsync(id, cancellationToken);
    }

    private async Task<T?> OneAsync<T>(Guid id, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
        where T : class
    {
        await using var command = source.CreateCommand(FailedMessage.Select + " where f.id = $2");
        command.Parameters.Add(new() { Value = MessageSize.MaxBytes });
        command.Parameters.Add(new() { Value = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? read(reader) : null;
    }

    private sealed record Editable(FailedMessage Failed, IncomingMessage Message)
    {
        public static Editable Read(NpgsqlDataReader row) => new(FailedMessage.Read(row), FailedMessage.Message(row));
    }
}
