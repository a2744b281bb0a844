using System.Text.Json;
using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// The queues that one batch moves: endpoints locked and deliveries read once, what attempts led to written in one round trip.
/// Scoped; not thread-safe.
/// </summary>
internal sealed class DeliveryBook(BatchStorage storage) : IBatchParticipant
{
    private readonly Dictionary<Guid, QueuedEndpoint?> endpoints = [];
    private readonly Dictionary<Guid, QueuedDelivery?> deliveries = [];
    private readonly HashSet<Guid> changed = [];
    private readonly List<(QueuedDelivery Delivery, DateTimeOffset? DueAt, string? Entry)> moves = [];

    public async Task LoadAsync(IReadOnlyList<object> messages, CancellationToken cancellationToken)
    {
        var attempted = messages.OfType<DeliveryAttempted>().ToList();
        await LockAsync(attempted.Select(one => one.EndpointId).Concat(messages.OfType<DrainEndpoint>().Select(one => one.EndpointId)), cancellationToken);
        await ReadAsync(attempted.Select(one => one.DeliveryId), cancellationToken);
    }

    /// <summary>The endpoint, locked; null where it is deleted.</summary>
    public async Task<QueuedEndpoint?> EndpointAsync(Guid id, CancellationToken cancellationToken)
    {
        await LockAsync([id], cancellationToken);
        return endpoints[id];
    }

    public async Task<QueuedDelivery?> DeliveryAsync(Guid id, CancellationToken cancellationToken)
    {
        await ReadAsync([id], cancellationToken);
        return deliveries[id];
    }

    public void Change(QueuedEndpoint endpoint)
    {
        endpoints[endpoint.Id] = endpoint;
        changed.Add(endpoint.Id);
    }

    public void Move(QueuedDelivery delivery, DateTimeOffset? dueAt, AttemptEntry? entry)
    {
        deliveries[delivery.Id] = delivery;
        moves.Add((delivery, dueAt, entry is null ? null : JsonSerializer.Serialize(entry, AttemptJson.Default.AttemptEntry)));
    }

    /// <summary>As it is after what has been handled so far; null where it is deleted or was never asked for.</summary>
    public QueuedEndpoint? Locked(Guid id) => endpoints.GetValueOrDefault(id);

    /// <summary>A message is on its way, or none.</summary>
    public void Wakes(QueuedEndpoint endpoint, DateTimeOffset? at) => endpoints[endpoint.Id] = endpoint with { WakeAt = at };

    public Task StoreAsync(CancellationToken cancellationToken)
    {
        foreach (var write in TakeWrites())
        {
            storage.Defer(write);
        }

        return Task.CompletedTask;
    }

    /// <summary>Writes what has changed so far, for statements that read it.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(storage.Connection, storage.Transaction);
        foreach (var write in TakeWrites())
        {
            batch.BatchCommands.Add(write);
        }

        if (batch.BatchCommands.Count > 0)
        {
            await batch.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>What has changed so far and is not written.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> TakeWrites()
    {
        var writes = new List<NpgsqlBatchCommand>();
        if (moves.Count > 0)
        {
            writes.Add(DeliveryWrites.Move([.. moves]));
        }

        if (moves.Where(move => move.DueAt is null).Select(move => (move.Delivery.Endpoint, move.Delivery.Key)).Distinct().ToList() is { Count: > 0 } ended)
        {
            writes.Add(DeliveryWrites.Promote(ended));
        }

        if (changed.Count > 0)
        {
            writes.Add(DeliveryWrites.Heal([.. changed.Order().Select(id => endpoints[id]!)]));
        }

        moves.Clear();
        changed.Clear();
        return writes;
    }

    private async Task LockAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        Guid[] unread = [.. ids.Where(id => !endpoints.ContainsKey(id)).Distinct()];
        if (unread.Length == 0)
        {
            return;
        }

        foreach (var id in unread)
        {
            endpoints[id] = null;
        }

        await using var command = new NpgsqlCommand(QueueSql.LockEndpoints, storage.Connection, storage.Transaction) { Parameters = { new() { Value = unread } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var health = new Health(reader.GetBoolean(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.TimeAt(3), reader.TimeAt(4));
            endpoints[reader.GetGuid(0)] = new(reader.GetGuid(0), health, reader.TimeAt(5), reader.TimeAt(6)!.Value);
        }
    }

    private async Task ReadAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        Guid[] unread = [.. ids.Where(id => !deliveries.ContainsKey(id)).Distinct()];
        if (unread.Length == 0)
        {
            return;
        }

        foreach (var id in unread)
        {
            deliveries[id] = null;
        }

        await using var command = new NpgsqlCommand(QueueSql.Load, storage.Connection, storage.Transaction) { Parameters = { new() { Value = unread } } };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            deliveries[reader.GetGuid(0)] = new(reader.GetGuid(0), reader.GetGuid(1), reader.GetString(2), reader.GetString(3), reader.GetInt32(4));
        }
    }
}
