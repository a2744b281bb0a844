using Npgsql;
using NpgsqlTypes;

namespace Orders.Bus.Engine;

/// <summary>The saga instances of one batch: loaded together, written together. Scoped to the batch.</summary>
internal sealed class SagaStore(IReadOnlyDictionary<string, SagaRuntime> sagas)
{
    private readonly Dictionary<Guid, SagaInstance?> instances = [];

    /// <summary>Loads what is not loaded yet, in one round trip. Uses the primary key of bus.saga.</summary>
    public async Task LoadAsync(IEnumerable<Guid> ids, NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var missing = ids.Where(id => !instances.ContainsKey(id)).Distinct().ToArray();
        if (missing.Length == 0)
        {
            return;
        }

        foreach (var id in missing)
        {
            instances[id] = null;
        }

        await using var command = new NpgsqlCommand(
            "select id, type, version, forget_at is not null, data from bus.saga where id = any($1)", connection);
        command.Parameters.Add(new() { Value = missing });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            // A saga that this process does not host stays unknown to it.
            if (sagas.TryGetValue(reader.GetString(1), out var saga))
            {
                instances[reader.GetGuid(0)] = Read(saga, reader.GetInt32(2), reader.GetBoolean(3), reader.GetString(4));
            }
        }
    }

    public SagaInstance? Find(Guid id) => instances[id];

    public SagaInstance Start(Guid id, SagaRuntime saga, object correlation, string? originator, string messageId)
    {
        var data = saga.NewData();
        (data.Id, data.Originator, data.OriginalMessageId) = (id, originator, messageId);
        saga.Correlate(data, correlation);
        var instance = new SagaInstance(saga, data, correlation, version: 0, stored: null, known: null, forgotten: false);
        instances[id] = instance;
        return instance;
    }

    /// <summary>Adds the statements that write what changed.</summary>
    /// <exception cref="ConcurrentSagaChangeException">Thrown by <see cref="SagaChanges.Check"/> when another process changed an instance meanwhile.</exception>
    public SagaChanges AddChanges(NpgsqlBatch batch)
    {
        var changes = new SagaChanges();
        foreach (var (id, instance) in instances)
        {
            if (instance is { Forgotten: false })
            {
                changes.Note(id, instance);
            }
        }

        changes.AddTo(batch);
        return changes;
    }

    private static SagaInstance Read(SagaRuntime saga, int version, bool forgotten, string json)
    {
        var (data, known) = saga.Definition.Json.Read(json);
        return new(saga, data, saga.CorrelationIn(data)!, version, json, known, forgotten);
    }
}

/// <summary>The rows that one batch writes to bus.saga.</summary>
internal sealed class SagaChanges
{
    private readonly List<(Guid Id, SagaInstance Instance, string Json)> inserts = [];
    private readonly List<(Guid Id, SagaInstance Instance, string Json)> updates = [];
    private readonly List<Guid> deletes = [];
    private readonly List<Guid> ended = [];
    private NpgsqlBatchCommand? insert;
    private NpgsqlBatchCommand? update;

    /// <param name="always">Also where nothing changed since it was loaded.</param>
    public void Note(Guid id, SagaInstance instance, bool always = false)
    {
        var keeps = instance.Saga.Definition.KeepCompleted is not null;
        var json = Json(instance);
        if (instance.Completed)
        {
            ended.Add(id);
        }

        if (instance.Completed && !keeps)
        {
            if (instance.Version > 0)
            {
                deletes.Add(id);
            }
        }
        else if (instance.Version == 0)
        {
            inserts.Add((id, instance, json));
        }
        else if (always || instance.Completed || !string.Equals(json, instance.Stored, StringComparison.Ordinal))
        {
            updates.Add((id, instance, json));
        }
    }

    public void AddTo(NpgsqlBatch batch)
    {
        if (inserts.Count > 0)
        {
            insert = Add(
                batch,
                """
                insert into bus.saga (id, type, correlation, version, forget_at, data)
                select id, type, correlation, 1, bus.now() + keep, data
                from unnest($1, $2, $3, $4, $5) as new (id, type, correlation, keep, data)
                on conflict (id) do nothing
                """,
                inserts.Select(row => row.Id).ToArray(),
                inserts.Select(row => row.Instance.Saga.Name).ToArray(),
                inserts.Select(row => SagaId.Text(row.Instance.Correlation)).ToArray(),
                Kept(inserts),
                inserts.Select(row => row.Json).ToArray());
        }

        if (updates.Count > 0)
        {
            update = Add(
                batch,
                """
                update bus.saga set version = saga.version + 1, forget_at = bus.now() + keep, data = new.data
                from unnest($1, $2, $3, $4) as new (id, version, keep, data)
                where saga.id = new.id and saga.version = new.version
                """,
                updates.Select(row => row.Id).ToArray(),
                updates.Select(row => row.Instance.Version).ToArray(),
                Kept(updates),
                updates.Select(row => row.Json).ToArray());
        }

        if (deletes.Count > 0)
        {
            Add(batch, "delete from bus.saga where id = any($1)", deletes.ToArray());
        }

        if (ended.Count > 0)
        {
            // Index delayed_saga: a saga that has ended needs its timeouts no more.
            Add(batch, "delete from bus.delayed where saga = any($1)", ended.ToArray());
        }
    }

    /// <summary>To be called after the batch ran: every row must have been written.</summary>
    public void Check()
    {
        if ((insert is not null && insert.RecordsAffected != inserts.Count)
            || (update is not null && update.RecordsAffected != updates.Count))
        {
            throw new ConcurrentSagaChangeException();
        }
    }

    /// <summary>The data as it is stored, with what another version keeps there.</summary>
    public static string Json(SagaInstance instance)
    {
        var json = instance.Saga.Definition.Json.Write(instance.Data);
        return instance.Known is not { } known ? json
            : string.Equals(json, known, StringComparison.Ordinal) ? instance.Stored!
            : UnknownMembers.Carry(instance.Stored!, known, json);
    }

    private static TimeSpan?[] Kept(List<(Guid Id, SagaInstance Instance, string Json)> rows) =>
        [.. rows.Select(row => row.Instance.Completed ? row.Instance.Saga.Definition.KeepCompleted : null)];

    private static NpgsqlBatchCommand Add(NpgsqlBatch batch, string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter is TimeSpan?[]
                ? new NpgsqlParameter { Value = parameter, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval }
                : new NpgsqlParameter { Value = parameter });
        }

        batch.BatchCommands.Add(command);
        return command;
    }
}

/// <summary>Two workers changed one saga at once; the later one tries again on what the first one wrote.</summary>
public sealed class ConcurrentSagaChangeException()
    : Exception("Another process changed the saga at the same time. The message is handled again on the newer state.");
