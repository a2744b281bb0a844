using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Crm.Intake;

/// <summary>The statements of <c>webhooks.crm_event</c>.</summary>
internal static class EventTable
{
    // In the order of the ids, so that two calls with the same events wait for each other and never in a ring. Who comes second
    // waits for the first one's commit, and then finds its row.
    private const string Claim =
        """
        INSERT INTO webhooks.crm_event (source, event_id, body_hash, received_at)
        SELECT $1, event_id, body_hash, $4
        FROM unnest($2, $3) AS n (event_id, body_hash)
        ORDER BY event_id COLLATE "C"
        ON CONFLICT DO NOTHING
        RETURNING event_id
        """;

    // By crm_event_pkey.
    private const string Differing =
        """
        SELECT count(*)
        FROM webhooks.crm_event AS e JOIN unnest($2, $3) AS n (event_id, body_hash) USING (event_id)
        WHERE e.source = $1 AND e.body_hash <> n.body_hash
        """;

    // Reads crm_event_age.
    private const string Forget = "DELETE FROM webhooks.crm_event WHERE received_at < $1";

    /// <returns>The ids of those that are new, or null where one has an id that was used for another.</returns>
    public static async Task<HashSet<string>?> ClaimAsync(
        ITransaction transaction, string source, IReadOnlyList<HashedEvent> events, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var added = new HashSet<string>(StringComparer.Ordinal);
        await using (var claim = Command(Claim))
        {
            claim.Parameters.Add(new() { Value = at.UtcDateTime });
            await using var reader = await claim.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                added.Add(reader.GetString(0));
            }
        }

        if (added.Count == events.Count)
        {
            return added;
        }

        await using var differing = Command(Differing);
        return (long)(await differing.ExecuteScalarAsync(cancellationToken))! == 0 ? added : null;

        NpgsqlCommand Command(string sql) => new(sql, transaction.Connection, transaction.Transaction)
        {
            Parameters =
            {
                new() { Value = source },
                Column.Of(events, NpgsqlDbType.Text, one => one.Event.Id),
                Column.Of(events, NpgsqlDbType.Bytea, one => one.Hash),
            },
        };
    }

    public static async Task ForgetAsync(NpgsqlDataSource database, DateTimeOffset before, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Forget);
        command.Parameters.Add(new() { Value = before.UtcDateTime });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
