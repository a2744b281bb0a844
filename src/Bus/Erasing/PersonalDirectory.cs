using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>Which members are personal, as far as any process that ever used this database knows.</summary>
internal sealed class PersonalDirectory(NpgsqlDataSource source)
{
    private const string Message = "message";
    private const string Saga = "saga";

    /// <summary>Adds what this process knows.</summary>
    public async Task RegisterAsync(MessageRegistry registry, IEnumerable<SagaDefinition> sagas, CancellationToken cancellationToken)
    {
        var rows = registry.All.SelectMany(contract => PersonalMember.Of(contract.Json).Select(member => (Kind: Message, contract.Name, Member: member)))
            .Concat(sagas.SelectMany(saga => PersonalMember.Of(saga.Json.Type).Select(member => (Kind: Saga, Name: saga.Identity, Member: member))))
            .OrderBy(row => row.Kind + row.Name + row.Member.Path, StringComparer.Ordinal)
            .ToList();
        await using var command = source.CreateCommand(
            """
            insert into bus.personal (kind, name, member, keep, foreign_text)
            select kind, name, member, string_to_array(keep, chr(10)), foreign_text
            from unnest($1, $2, $3, $4, $5) as known (kind, name, member, keep, foreign_text)
            on conflict (kind, name, member) do update set keep = excluded.keep, foreign_text = excluded.foreign_text
              where (personal.keep, personal.foreign_text) is distinct from (excluded.keep, excluded.foreign_text)
            """);
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.Kind));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.Name));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.Member.Path));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => string.Join('\n', row.Member.Keep)));
        command.Parameters.Add(Column.Of(rows, row => row.Member.IsForeign));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<PersonalMembers> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select kind, name, member, keep, foreign_text from bus.personal", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<(string Kind, string Name, PersonalMember Member)>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add((reader.GetString(0), reader.GetString(1), new(reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetBoolean(4))));
        }

        return new(Those(Message), Those(Saga));

        IReadOnlyDictionary<string, IReadOnlyList<PersonalMember>> Those(string kind) => rows.Where(row => row.Kind == kind)
            .GroupBy(row => row.Name, row => row.Member, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, IReadOnlyList<PersonalMember> (group) => [.. group], StringComparer.Ordinal);
    }
}

/// <param name="Messages">By wire name.</param>
/// <param name="Sagas">By identity.</param>
internal sealed record PersonalMembers(
    IReadOnlyDictionary<string, IReadOnlyList<PersonalMember>> Messages, IReadOnlyDictionary<string, IReadOnlyList<PersonalMember>> Sagas)
{
    /// <summary>The messages that hold what others wrote.</summary>
    public IEnumerable<string> Foreign => Messages.Where(message => message.Value.Any(member => member.IsForeign)).Select(message => message.Key);
}
