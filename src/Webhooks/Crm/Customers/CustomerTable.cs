using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;
using Orders.Webhooks.Crm.Erasing;

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

    // A probe a source: the index begins with it.
    private const string Namesakes =
        """
        WITH RECURSIVE known AS (
            SELECT min(source) AS source FROM webhooks.customer
            UNION ALL
            SELECT (SELECT min(source) FROM webhooks.customer WHERE source > known.source) FROM known WHERE known.source IS NOT NULL)
        SELECT c.source, c.id FROM known JOIN webhooks.customer AS c ON c.source = known.source AND c.id = $1
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

    /// <param name="storage">The transaction.</param>
    /// <param name="keys">Which records.</param>
    /// <param name="erased">Gets the times at which any of them was erased, by id.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<List<Customer>> LockAsync(
        BatchStorage storage, IReadOnlyList<CustomerKey> keys, Dictionary<string, DateTimeOffset> erased, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction)
        {
            BatchCommands =
            {
                new(ErasureTable.Share),
                new(ErasureTable.Read) { Parameters = { Column.Of(keys, NpgsqlDbType.Text, key => key.Id) } },
                new(Lock) { Parameters = { Column.Of(keys, NpgsqlDbType.Text, key => key.Source), Column.Of(keys, NpgsqlDbType.Text, key => key.Id) } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            erased[reader.GetString(0)] = reader.GetFieldValue<DateTimeOffset>(1);
        }

        await reader.NextResultAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    public static async Task<List<CustomerKey>> NamesakesAsync(BatchStorage storage, string id, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Namesakes, storage.Connection, storage.Transaction) { Parameters = { new() { Value = id } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var keys = new List<CustomerKey>();
        while (await reader.ReadAsync(cancellationToken))
        {
            keys.Add(new(reader.GetString(0), reader.GetString(1)));
        }

        return keys;
    }

    public static async Task<List<Customer>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await ReadAsync(reader, cancellationToken);
    }

    private static async Task<List<Customer>> ReadAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
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
