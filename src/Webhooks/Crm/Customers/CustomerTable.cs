using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Crm.Customers;

/// <summary>The statements of <c>webhooks.customer</c> that work on many rows at once, by <c>customer_pkey</c>.</summary>
internal static class CustomerTable
{
    public const string Columns = "source, id, state::text, revision, reads_asked, reads_answered";

    // Locked in the order of the key, so that no two transactions wait for each other in a ring.
    private const string Lock =
        $"""
        SELECT {Columns}
        FROM webhooks.customer
        WHERE (source, id) IN (SELECT * FROM unnest($1, $2))
        ORDER BY source, id
        FOR UPDATE
        """;

    // Two that hear of a record for the first time at once: the second fails, and begins again with the first one's row.
    private const string Insert =
        """
        INSERT INTO webhooks.customer (source, id, state, email, revision, reads_asked, reads_answered, changed_at)
        SELECT source, id, state::jsonb, email, revision, reads_asked, reads_answered, $8
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (source, id, state, email, revision, reads_asked, reads_answered)
        ORDER BY source COLLATE "C", id COLLATE "C"
        """;

    private const string Update =
        """
        UPDATE webhooks.customer AS c
        SET state = n.state::jsonb, email = n.email, revision = n.revision, reads_asked = n.reads_asked, reads_answered = n.reads_answered,
            changed_at = $8
        FROM unnest($1, $2, $3, $4, $5, $6, $7) AS n (source, id, state, email, revision, reads_asked, reads_answered)
        WHERE c.source = n.source AND c.id = n.id
        """;

    public static async Task<List<Customer>> LockAsync(BatchStorage storage, IReadOnlyList<CustomerKey> keys, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Lock, storage.Connection, storage.Transaction)
        {
            Parameters = { Column.Of(keys, NpgsqlDbType.Text, key => key.Source), Column.Of(keys, NpgsqlDbType.Text, key => key.Id) },
        };
        return await ReadAsync(command, cancellationToken);
    }

    public static async Task<List<Customer>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var customers = new List<Customer>();
        while (await reader.ReadAsync(cancellationToken))
        {
            customers.Add(new(
                new(reader.GetString(0), reader.GetString(1)),
                reader.IsDBNull(2) ? null : JsonSerializer.Deserialize(reader.GetString(2), WebhooksJson.Default.RecordState),
                reader.GetInt64(3),
                reader.GetInt64(4),
                reader.GetInt64(5)));
        }

        return customers;
    }

    public static NpgsqlBatchCommand Adding(IReadOnlyList<Customer> added, DateTimeOffset at) => With(new(Insert), added, at);

    public static NpgsqlBatchCommand Changing(IReadOnlyList<Customer> changed, DateTimeOffset at) => With(new(Update), changed, at);

    private static NpgsqlBatchCommand With(NpgsqlBatchCommand command, IReadOnlyList<Customer> rows, DateTimeOffset at)
    {
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.Key.Source));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.Key.Id));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.State is { } state ? JsonSerializer.Serialize(state, WebhooksJson.Default.RecordState) : null));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Text, row => row.State is { } state ? CustomerView.Email(state) : null));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Bigint, row => row.Revision));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Bigint, row => row.ReadsAsked));
        command.Parameters.Add(Column.Of(rows, NpgsqlDbType.Bigint, row => row.ReadsAnswered));
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = at.UtcDateTime, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        return command;
    }
}
