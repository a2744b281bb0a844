using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Orders.Simulators.Crm;

/// <summary>The contacts' rows in <c>sim.crm_contact</c>.</summary>
internal static class ContactTable
{
    private const string Upsert = """
        insert into sim.crm_contact as c (id, version, last_modified_at, deleted, fields)
        select id, version, last_modified_at, deleted, fields::jsonb
        from unnest($1, $2, $3, $4, $5) as n (id, version, last_modified_at, deleted, fields)
        on conflict (id) do update
        set version = excluded.version, last_modified_at = excluded.last_modified_at, deleted = excluded.deleted, fields = excluded.fields
        where c.version < excluded.version
        """;

    private const string SelectAll = "select id, version, last_modified_at, deleted, fields::text from sim.crm_contact";

    public static async Task StoreAsync(NpgsqlConnection connection, IReadOnlyList<Contact> rows, CancellationToken cancellationToken)
    {
        // One statement may touch a row once: of several changes of a contact, the last stands.
        var latest = rows.GroupBy(row => row.Id).Select(group => group.Last()).ToArray();
        await using var command = new NpgsqlCommand(Upsert, connection);
        Add(NpgsqlDbType.Text, row => row.Id);
        Add(NpgsqlDbType.Bigint, row => row.Version);
        Add(NpgsqlDbType.TimestampTz, row => row.LastModifiedDate.UtcDateTime);
        Add(NpgsqlDbType.Boolean, row => row.Deleted);
        Add(NpgsqlDbType.Text, row => JsonSerializer.Serialize(row.Fields, CrmJson.Default.IReadOnlyDictionaryStringString));
        await command.ExecuteNonQueryAsync(cancellationToken);

        void Add<T>(NpgsqlDbType type, Func<Contact, T> value) =>
            command.Parameters.Add(new() { Value = Array.ConvertAll(latest, row => value(row)), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    public static async Task<IReadOnlyList<Contact>> ReadAllAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        var contacts = new List<Contact>();
        await using var command = dataSource.CreateCommand(SelectAll);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            contacts.Add(new(
                reader.GetString(0),
                reader.GetInt64(1),
                new(reader.GetDateTime(2)),
                reader.GetBoolean(3),
                JsonSerializer.Deserialize(reader.GetString(4), CrmJson.Default.IReadOnlyDictionaryStringString)!));
        }

        return contacts;
    }
}
