using Npgsql;
using Orders.Hosting;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Reads what an attempt sends, and where, as it is at that moment. Thread-safe.</summary>
internal sealed class Parcels(NpgsqlDataSource database, SecretBox secrets) : IDisposable
{
    // By the primary keys, and event_id_key.
    private const string Read =
        """
        SELECT e.id, e.url, v.body, e.secret, CASE WHEN e.old_secret_until > bus.now() THEN e.old_secret END
        FROM webhooks.delivery AS d
        JOIN webhooks.endpoint AS e ON e.id = d.endpoint
        JOIN webhooks.event AS v ON v.id = d.event
        WHERE d.id = $1 AND d.state = 'sending' AND d.attempts = $2 AND e.enabled
        """;

    /// <summary>Attempts begin in crowds, and must not take all connections.</summary>
    private readonly SemaphoreSlim readers = new(8);

    /// <returns>Null where the attempt is not to be made (any more).</returns>
    public async Task<Parcel?> FindAsync(Guid delivery, int attempt, CancellationToken cancellationToken)
    {
        await readers.WaitAsync(cancellationToken);
        try
        {
            if (await ReadAsync(delivery, attempt, cancellationToken) is not { } row)
            {
                return null;
            }

            // The connection is given back by now: opening the first secret may need one itself.
            var secret = await secrets.OpenAsync(row.Box, row.Endpoint, cancellationToken);
            return new(row.Url, row.Body, row.OldBox is null ? [secret] : [secret, await secrets.OpenAsync(row.OldBox, row.Endpoint, cancellationToken)]);
        }
        finally
        {
            readers.Release();
        }
    }

    private async Task<(Guid Endpoint, Uri Url, string Body, byte[] Box, byte[]? OldBox)?> ReadAsync(Guid delivery, int attempt, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new() { Value = delivery });
        command.Parameters.Add(new() { Value = attempt });
        // Disposed once: Npgsql uses a connection's reader again, and a second time would end what its next user reads.
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? (reader.GetGuid(0), new Uri(reader.GetString(1)), reader.GetString(2), reader.GetFieldValue<byte[]>(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<byte[]>(4))
            : null;
    }

    public void Dispose() => readers.Dispose();
}

/// <summary>What is sent.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Body">The event.</param>
/// <param name="Secrets">All of them sign: the endpoint's own first, and for a day the one before it.</param>
internal sealed record Parcel(Uri Url, string Body, IReadOnlyList<WebhookSecret> Secrets);
