using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Webhooks.Partners.Events;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>The statements by which partners look at deliveries and ask for them again.</summary>
internal static class DeliveryTable
{
    private const string Columns = "id, type, key, state, attempts, created_at, due_at, ended_at, log::text, position";

    // Rows that have ended are nobody's: what asks for them again may do so outside of the endpoint's queue.
    private const string Again =
        """
        UPDATE webhooks.delivery
        SET state = CASE WHEN state = 'due' THEN 'due' ELSE 'new' END,
            position = CASE WHEN state = 'due' THEN position ELSE nextval('webhooks.delivery_position') END,
            due_at = CASE WHEN state = 'due' THEN bus.now() END,
            attempts = 0, ended_at = NULL, created_at = bus.now()
        WHERE id = $2 AND endpoint = $1 AND state IN ('due', 'succeeded', 'failed')
        """;

    private const string Find = $"SELECT {Columns} FROM webhooks.delivery WHERE id = $2 AND endpoint = $1";

    // By event_id_key.
    private const string Body = "SELECT v.body FROM webhooks.delivery AS d JOIN webhooks.event AS v ON v.id = d.event WHERE d.id = $1";

    // By event_at.
    private const string Past =
        """
        SELECT count(*)
        FROM webhooks.event AS v JOIN webhooks.endpoint AS e ON e.id = $1 AND v.type = ANY (e.events)
        WHERE v.at >= $2 AND v.at < $3
        """;

    private const string Add =
        """
        WITH added AS (INSERT INTO webhooks.event (id, type, key, at, body) VALUES ($2, $3, $4, $5, $6) RETURNING id, type, key)
        INSERT INTO webhooks.delivery (id, endpoint, event, type, key, created_at)
        SELECT md5($1::text || id::text)::uuid, $1, id, type, key, bus.now() FROM added
        RETURNING id
        """;

    public static async Task<List<(DeliveryDocument Delivery, long Position)>> ListAsync(
        NpgsqlDataSource database, Guid endpoint, string? status, long before, int limit, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            $"SELECT {Columns} FROM webhooks.delivery WHERE endpoint = $1 AND position < $2 {Filter(status)} ORDER BY position DESC LIMIT $3");
        command.Parameters.Add(new() { Value = endpoint });
        command.Parameters.Add(new() { Value = before });
        command.Parameters.Add(new() { Value = limit });
        return [.. (await ReadAsync(command, cancellationToken)).Select(one => (one.Delivery, one.Position))];
    }

    public static async Task<(DeliveryDocument Delivery, IReadOnlyList<AttemptEntry> Log)?> FindAsync(
        NpgsqlConnection connection, Guid endpoint, Guid delivery, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Find, connection) { Parameters = { new() { Value = endpoint }, new() { Value = delivery } } };
        return await ReadAsync(command, cancellationToken) is [var found] ? (found.Delivery, found.Log) : null;
    }

    public static async Task<string?> BodyAsync(NpgsqlConnection connection, Guid delivery, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Body, connection) { Parameters = { new() { Value = delivery } } };
        return (string?)await command.ExecuteScalarAsync(cancellationToken);
    }

    public static async Task AgainAsync(NpgsqlConnection connection, Guid endpoint, Guid delivery, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Again, connection) { Parameters = { new() { Value = endpoint }, new() { Value = delivery } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<long> CountPastAsync(
        NpgsqlConnection connection, Guid endpoint, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Past, connection)
        {
            Parameters =
            {
                new() { Value = endpoint },
                new() { Value = from.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
                new() { Value = to.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Stores an event that is for one endpoint alone.</summary>
    public static async Task<Guid> AddAsync(NpgsqlConnection connection, Guid endpoint, PartnerEvent one, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Add, connection)
        {
            Parameters =
            {
                new() { Value = endpoint }, new() { Value = one.Id }, new() { Value = one.Type }, new() { Value = one.Key },
                new() { Value = one.At.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = one.Body },
            },
        };
        return (Guid)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Written out, so that each finds its own index: delivery_all, delivery_pending, delivery_failed.</summary>
    private static string Filter(string? status) => status switch
    {
        null => "",
        "pending" => "AND state IN ('new', 'behind', 'due', 'sending')",
        "succeeded" => "AND state = 'succeeded'",
        "failed" => "AND state = 'failed'",
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of a delivery. Use one of DeliveryState.Statuses."),
    };

    private static async Task<List<(DeliveryDocument Delivery, IReadOnlyList<AttemptEntry> Log, long Position)>> ReadAsync(
        NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var found = new List<(DeliveryDocument, IReadOnlyList<AttemptEntry>, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var log = JsonSerializer.Deserialize(reader.GetString(8), AttemptJson.Default.IReadOnlyListAttemptEntry)!;
            var state = reader.GetString(3);
            var document = new DeliveryDocument(
                reader.GetGuid(0), reader.GetString(1), reader.GetString(2), DeliveryState.StatusOf(state), reader.GetInt32(4), reader.TimeAt(5)!.Value,
                state == DeliveryState.Due ? reader.TimeAt(6) : null, reader.TimeAt(7), log.Count == 0 ? null : log[^1]);
            found.Add((document, log, reader.GetInt64(9)));
        }

        return found;
    }
}
