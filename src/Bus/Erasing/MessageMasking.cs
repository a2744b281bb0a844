using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Masks messages, and with them what failures and operators' edits repeat of them.</summary>
internal sealed class MessageMasking(NpgsqlConnection connection, PersonalMembers members)
{
    private const int Piece = 200;

    /// <summary>Reads the whole table: keys have no index, which each message would pay for. No limit of time.</summary>
    private const string Find = "select id from bus.message where (key = any($1) and type = any($2)) or type = any($3) order by id";

    public async Task RunAsync(ErasureScope scope, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>(scope.Messages);
        if (scope.Keys.Count > 0)
        {
            ids.AddRange(await FindAsync(scope, cancellationToken));
        }

        foreach (var piece in ids.Distinct().Chunk(Piece))
        {
            var wanted = (await LoadAsync(piece, cancellationToken))
                .Select(message => (Message: message, Members: scope.MembersOf(message, members.Messages.GetValueOrDefault(message.Type) ?? [])))
                .Where(one => one.Members.Count > 0)
                .ToList();
            await MaskAsync(wanted, cancellationToken);
        }
    }

    private async Task<List<Guid>> FindAsync(ErasureScope scope, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection) { CommandTimeout = 0 };
        command.Parameters.Add(new() { Value = scope.Keys.Keys.ToArray() });
        command.Parameters.Add(new() { Value = members.Messages.Keys.ToArray() });
        command.Parameters.Add(new() { Value = scope.Mentions is null ? [] : members.Foreign.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    private async Task<List<StoredMessage>> LoadAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select id, type, key, sent_at, body from bus.message where id = any($1)", connection);
        command.Parameters.Add(new() { Value = ids });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var messages = new List<StoredMessage>(ids.Length);
        while (await reader.ReadAsync(cancellationToken))
        {
            messages.Add(new(reader.GetGuid(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4)));
        }

        return messages;
    }

    private async Task MaskAsync(IReadOnlyList<(StoredMessage Message, IReadOnlyList<PersonalMember> Members)> wanted, CancellationToken cancellationToken)
    {
        var changed = wanted.Select(one => (one.Message.Id, Body: PersonalMask.Apply(one.Message.Body, one.Members))).Where(one => one.Body is not null).ToList();
        var edits = await EditMasking.LoadAsync(connection, wanted, cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                With("update bus.message set body = new.body from unnest($1, $2) as new (id, body) where message.id = new.id",
                    Column.Of(changed, one => one.Id), Column.Of(changed, NpgsqlDbType.Text, one => one.Body)),
                // Why it failed may quote it. The exception's type stays.
                With($"update bus.failed set reason = '{Erasure.Masked}', stack = '{Erasure.Masked}' where message = any($1) and stack <> '{Erasure.Masked}'",
                    Column.Of(wanted, one => one.Message.Id)),
                With($"update bus.activity set last_error = '{Erasure.Masked}' where message = any($1) and last_error <> '{Erasure.Masked}'",
                    Column.Of(wanted, one => one.Message.Id)),
                edits.Update(),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand With(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
