using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>What operators made of messages that failed is kept in the audit trail, before and after: the bodies in it are masked like messages.</summary>
internal sealed class EditMasking
{
    private readonly IReadOnlyList<Edit> masked;

    private EditMasking(IReadOnlyList<Edit> masked) => this.masked = masked;

    /// <summary>Uses indexes failed_message and audit_subject.</summary>
    public static async Task<EditMasking> LoadAsync(
        NpgsqlConnection connection, IReadOnlyList<(StoredMessage Message, IReadOnlyList<PersonalMember> Members)> wanted, CancellationToken cancellationToken)
    {
        var members = wanted.ToDictionary(one => one.Message.Id, one => one.Members);
        await using var command = new NpgsqlCommand(
            """
            select a.id, f.message, a.before::text, a.after::text
            from bus.failed f join bus.audit a on a.subject = f.id
            where f.message = any($1) and a.action = 'edit-and-retry'
            """,
            connection);
        command.Parameters.Add(new() { Value = members.Keys.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var edits = new List<Edit>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var (before, after) = (JsonNode.Parse(reader.GetString(2)), JsonNode.Parse(reader.GetString(3)));
            if (Mask(before, members[reader.GetGuid(1)]) | Mask(after, members[reader.GetGuid(1)]))
            {
                edits.Add(new(reader.GetInt64(0), before!.ToJsonString(), after!.ToJsonString()));
            }
        }

        return new(edits);
    }

    /// <summary>By the primary key of bus.audit.</summary>
    public NpgsqlBatchCommand Update() => new(
        "update bus.audit set before = new.before, after = new.after from unnest($1, $2, $3) as new (id, before, after) where audit.id = new.id")
    {
        Parameters =
        {
            Column.Of(masked, edit => edit.Id),
            Column.Of(masked, NpgsqlDbType.Jsonb, edit => edit.Before),
            Column.Of(masked, NpgsqlDbType.Jsonb, edit => edit.After),
        },
    };

    private static bool Mask(JsonNode? audited, IReadOnlyList<PersonalMember> members)
    {
        if (audited?["body"]?.GetValue<string>() is not { } body || PersonalMask.Apply(body, members) is not { } without)
        {
            return false;
        }

        audited["body"] = without;
        return true;
    }

    private sealed record Edit(long Id, string Before, string After);
}
