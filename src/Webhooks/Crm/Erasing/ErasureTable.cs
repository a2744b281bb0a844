using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Crm.Erasing;

/// <summary>
/// The statements of <c>webhooks.erasure</c>. Whoever applies changes holds the lock together with others, whoever asks for an
/// erasure holds it alone: what was applied without knowing of the erasure is committed, and was sent, before the time that it has.
/// </summary>
internal static class ErasureTable
{
    public const string Share = "SELECT pg_advisory_xact_lock_shared(7262, 1)";

    /// <summary>By <c>erasure_pkey</c>.</summary>
    public const string Read = "SELECT customer_id, max(asked_at) FROM webhooks.erasure WHERE customer_id = ANY ($1) GROUP BY customer_id";

    private const string Alone = "SELECT pg_advisory_xact_lock(7262, 1)";

    private const string Add =
        """
        INSERT INTO webhooks.erasure (customer_id, asked_at, asked_by)
        SELECT $1, bus.now(), $2
        WHERE $3 OR NOT EXISTS (SELECT FROM webhooks.erasure WHERE customer_id = $1)
        """;

    private const string Last = "SELECT max(asked_at) FROM webhooks.erasure WHERE customer_id = $1";

    // Reads all of the table, for an event that cannot be meant and for no other.
    private const string Named =
        """
        SELECT EXISTS (
            SELECT FROM webhooks.erasure
            WHERE strpos($1, '"' || customer_id || '"') > 0 OR strpos($1, '>' || customer_id || '<') > 0)
        """;

    /// <summary>Whether the text has the id of somebody who is erased as a JSON string or an XML element.</summary>
    public static async Task<bool> IsNamedInAsync(ITransaction transaction, string text, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Named, transaction.Connection, transaction.Transaction) { Parameters = { new() { Value = text } } };
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Writes down that it was asked: the first time or, where they came back, again.</summary>
    /// <returns>Since when the person is erased, and whether that is new.</returns>
    public static async Task<(DateTimeOffset At, bool IsNew)> AskAsync(
        ITransaction transaction, string customerId, string by, bool again, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction.Transaction)
        {
            BatchCommands =
            {
                new(Alone),
                new(Add) { Parameters = { new() { Value = customerId }, new() { Value = by }, new() { Value = again } } },
                new(Last) { Parameters = { new() { Value = customerId } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        // The lock's answer, then the last time; what is added answers nothing.
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetFieldValue<DateTimeOffset>(0), batch.BatchCommands[1].RecordsAffected > 0);
    }
}
