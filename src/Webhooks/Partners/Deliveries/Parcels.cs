using System.Collections.Concurrent;
using System.Security.Cryptography;
using Npgsql;
using Orders.Hosting;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// Reads what attempts send, and where, as it is at that moment. Attempts begin in crowds: who waits for a turn is read with whoever
/// waits as well, in one statement. Thread-safe.
/// </summary>
internal sealed class Parcels(NpgsqlDataSource database, SecretBox secrets) : IDisposable
{
    // By the primary keys, and event_id_key.
    private const string Read =
        """
        SELECT n.nth, e.id, e.url, v.body, e.secret, CASE WHEN e.old_secret_until > (SELECT bus.now()) THEN e.old_secret END
        FROM unnest($1, $2) WITH ORDINALITY AS n (id, attempts, nth)
        JOIN webhooks.delivery AS d ON d.id = n.id AND d.attempts = n.attempts
        JOIN webhooks.endpoint AS e ON e.id = d.endpoint
        JOIN webhooks.event AS v ON v.id = d.event
        WHERE d.state = 'sending' AND e.enabled
        """;

    private const int AtOnce = 100;

    /// <summary>They must not take all connections.</summary>
    private readonly SemaphoreSlim readers = new(4);

    private readonly ConcurrentQueue<Wish> wishes = new();

    /// <returns>Null where the attempt is not to be made (any more).</returns>
    public async Task<Parcel?> FindAsync(Guid delivery, int attempt, CancellationToken cancellationToken)
    {
        var wish = new Wish(delivery, attempt);
        wishes.Enqueue(wish);
        await readers.WaitAsync(cancellationToken);
        try
        {
            // Whoever had a turn meanwhile may have read it, or be about to.
            while (!wish.Row.Task.IsCompleted && !wishes.IsEmpty)
            {
                await ReadWaitingAsync();
            }
        }
        finally
        {
            readers.Release();
        }

        return await wish.Row.Task.WaitAsync(cancellationToken) is { } row ? new(row.Url, row.Body, await OpenAsync(row, cancellationToken)) : null;
    }

    public void Dispose() => readers.Dispose();

    /// <summary>
    /// Each opens its own: a secret that was sealed with another key is its endpoint's trouble, and nobody else's. Once the endpoint has
    /// a new one, the old one is not missed.
    /// </summary>
    private async Task<IReadOnlyList<WebhookSecret>?> OpenAsync(Row row, CancellationToken cancellationToken)
    {
        var opened = new List<WebhookSecret>();
        foreach (var (n, box) in row.Boxes.Index())
        {
            try
            {
                opened.Add(await secrets.OpenAsync(box, row.Endpoint, cancellationToken));
            }
            catch (CryptographicException) when (n > 0)
            {
                // The new one signs alone.
            }
            catch (CryptographicException)
            {
                return null;
            }
        }

        return opened;
    }

    /// <summary>For many, so that no one's cancellation ends it.</summary>
    private async Task ReadWaitingAsync()
    {
        var taken = new List<Wish>();
        while (taken.Count < AtOnce && wishes.TryDequeue(out var wish))
        {
            taken.Add(wish);
        }

        try
        {
            var rows = taken.Count > 0 ? await ReadAsync(taken) : [];
            foreach (var (n, wish) in taken.Index())
            {
                wish.Row.SetResult(rows.GetValueOrDefault(n));
            }
        }
        catch (Exception fault)
        {
            taken.ForEach(wish => wish.Row.TrySetException(fault));
        }
    }

    private async Task<Dictionary<int, Row>> ReadAsync(List<Wish> taken)
    {
        await using var command = database.CreateCommand(Read);
        command.Parameters.Add(new() { Value = taken.Select(wish => wish.Delivery).ToArray() });
        command.Parameters.Add(new() { Value = taken.Select(wish => wish.Attempt).ToArray() });
        var rows = new Dictionary<int, Row>();
        await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
        while (await reader.ReadAsync(CancellationToken.None))
        {
            byte[][] boxes = reader.IsDBNull(5) ? [reader.GetFieldValue<byte[]>(4)] : [reader.GetFieldValue<byte[]>(4), reader.GetFieldValue<byte[]>(5)];
            rows[(int)reader.GetInt64(0) - 1] = new(reader.GetGuid(1), new(reader.GetString(2)), reader.GetString(3), boxes);
        }

        return rows;
    }

    private sealed record Row(Guid Endpoint, Uri Url, string Body, IReadOnlyList<byte[]> Boxes);

    private sealed record Wish(Guid Delivery, int Attempt)
    {
        public TaskCompletionSource<Row?> Row { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What is sent.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Body">The event.</param>
/// <param name="Secrets">All of them sign: the endpoint's own first, and for a day the one before it. Null where they cannot be read.</param>
internal sealed record Parcel(Uri Url, string Body, IReadOnlyList<WebhookSecret>? Secrets);
