using Npgsql;
using NpgsqlTypes;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary>The statements by which partners keep their endpoints: each names the partner, so that another's is not found.</summary>
internal static class EndpointTable
{
    private const string Columns = "id, url, events, enabled, disabled_reason, failing_since, created_at";

    // Counted by endpoint_partner.
    private const string Insert =
        $"""
        INSERT INTO webhooks.endpoint (id, partner, url, events, secret, created_at, listening_since)
        SELECT $1, $2, $3, $4, $5, bus.now(), bus.now()
        WHERE (SELECT count(*) FROM webhooks.endpoint WHERE partner = $2) < $6
        RETURNING {Columns}
        """;

    // By endpoint_partner.
    private const string List = $"SELECT {Columns} FROM webhooks.endpoint WHERE partner = $1 AND id > $2 ORDER BY id LIMIT $3";

    private const string Find = $"SELECT {Columns} FROM webhooks.endpoint WHERE partner = $1 AND id = $2";

    // Somebody has looked after it: what it failed at before counts no more.
    private const string Update =
        $"""
        UPDATE webhooks.endpoint
        SET url = coalesce($3, url), events = coalesce($4, events), enabled = coalesce($5, enabled),
            disabled_reason = CASE WHEN $5 IS NULL THEN disabled_reason END,
            failing_since = CASE WHEN $3 IS NULL AND $5 IS NOT TRUE THEN failing_since END,
            resume_at = CASE WHEN $3 IS NULL AND $5 IS NOT TRUE THEN resume_at END,
            wake_at = CASE WHEN $5 IS NULL THEN wake_at END,
            listening_since = CASE WHEN $4 IS NULL THEN listening_since ELSE bus.now() END
        WHERE partner = $1 AND id = $2
        RETURNING {Columns}
        """;

    // Whoever waits for a retry is due at once. By delivery_due.
    private const string Hurry = "UPDATE webhooks.delivery SET due_at = bus.now() WHERE endpoint = $1 AND state = 'due' AND due_at > bus.now()";

    private const string Delete = "DELETE FROM webhooks.endpoint WHERE partner = $1 AND id = $2";

    // After the endpoint itself: whoever was adding deliveries for it has committed by then, and nobody adds any more. By delivery_all.
    private const string DeleteDeliveries = "DELETE FROM webhooks.delivery WHERE endpoint = $1";

    // Two that add at once would each count without the other.
    private const string CountAlone = "SELECT pg_advisory_xact_lock(hashtextextended('webhooks.endpoint ' || $1, 0))";

    private const string Rotate =
        """
        UPDATE webhooks.endpoint
        SET old_secret = secret, old_secret_until = bus.now() + interval '24 hours', secret = $3
        WHERE partner = $1 AND id = $2
        RETURNING old_secret_until
        """;

    /// <returns>Null where the partner has too many.</returns>
    public static async Task<EndpointDocument?> InsertAsync(
        NpgsqlConnection connection, Guid id, string partner, string url, string[] events, byte[] secret, int most, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, CountAlone, [partner], cancellationToken);
        return await OneAsync(new(Insert, connection), [id, partner, url, events, secret, most], cancellationToken);
    }

    public static Task<EndpointDocument?> FindAsync(NpgsqlDataSource database, string partner, Guid id, CancellationToken cancellationToken) =>
        OneAsync(database.CreateCommand(Find), [partner, id], cancellationToken);

    public static async Task<List<EndpointDocument>> ListAsync(NpgsqlDataSource database, string partner, Guid after, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(List);
        Bind(command, [partner, after, limit]);
        return await ReadAsync(command, cancellationToken);
    }

    public static Task<EndpointDocument?> UpdateAsync(
        NpgsqlConnection connection, string partner, Guid id, string? url, string[]? events, bool? enabled, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Update, connection);
        Bind(command, [partner, id]);
        command.Parameters.Add(new() { Value = (object?)url ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)events ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)enabled ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean });
        return OneAsync(command, [], cancellationToken);
    }

    public static Task HurryAsync(NpgsqlConnection connection, Guid id, CancellationToken cancellationToken) =>
        ExecuteAsync(connection, Hurry, [id], cancellationToken);

    public static async Task<bool> DeleteAsync(NpgsqlConnection connection, string partner, Guid id, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, Delete, [partner, id], cancellationToken) > 0
        && await ExecuteAsync(connection, DeleteDeliveries, [id], cancellationToken) >= 0;

    /// <returns>Until when the old secret signs; null where there is no such endpoint.</returns>
    public static async Task<DateTimeOffset?> RotateAsync(NpgsqlDataSource database, string partner, Guid id, byte[] secret, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Rotate);
        Bind(command, [partner, id, secret]);
        return await command.ExecuteScalarAsync(cancellationToken) is DateTime until ? new DateTimeOffset(until) : null;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        Bind(command, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<EndpointDocument?> OneAsync(NpgsqlCommand command, object[] values, CancellationToken cancellationToken)
    {
        await using (command)
        {
            Bind(command, values);
            return (await ReadAsync(command, cancellationToken)).SingleOrDefault();
        }
    }

    private static async Task<List<EndpointDocument>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<EndpointDocument>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(new(
                reader.GetGuid(0), reader.GetString(1), reader.GetFieldValue<string[]>(2), reader.GetBoolean(3),
                reader.IsDBNull(4) ? null : reader.GetString(4), reader.TimeAt(5), reader.TimeAt(6)!.Value));
        }

        return found;
    }

    private static void Bind(NpgsqlCommand command, object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }
}
