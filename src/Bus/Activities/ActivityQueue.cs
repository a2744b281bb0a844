using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Engine;
using Orders.Bus.Storage;

namespace Orders.Bus.Activities;

/// <summary>The SQL of bus.activity.</summary>
internal static class ActivityQueue
{
    /// <summary>Stores what was asked for; what this process has room for is under its lease from the start.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<ActivityWork> work, int processId) => new(
        """
        with clock as materialized (select bus.now() as now)
        insert into bus.activity (message, endpoint, destination, requested_at, due_at, holder, attempts)
        select message, endpoint, destination, clock.now, clock.now + lease, case when attempts > 0 then $6 end, attempts
        from clock, unnest($1, $2, $3, $4, $5) as new (message, endpoint, destination, lease, attempts)
        """)
    {
        Parameters =
        {
            new() { Value = work.Select(item => item.Request.Message).ToArray() },
            new() { Value = work.Select(item => item.Endpoint.Id).ToArray() },
            new() { Value = work.Select(item => item.Definition.Options.Destination).ToArray() },
            new() { Value = work.Select(item => item.Leased ? item.LeaseDuration : TimeSpan.Zero).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval },
            new() { Value = work.Select(item => item.Leased ? 1 : 0).ToArray() },
            new() { Value = processId },
        },
    };

    /// <summary>
    /// Takes due work under a lease; given what this process holds, also what it is said to hold beyond that. Uses index activity_due.
    /// </summary>
    public static async Task<List<ActivityWork>> TakeAsync(
        NpgsqlDataSource source,
        EndpointRuntime endpoint,
        string destination,
        int limit,
        Guid[]? held,
        int processId,
        MessageRegistry registry,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            $"""
            with due as (
              select message from bus.activity
              where endpoint = $1 and destination = $2 and {(held is null ? "due_at <= bus.now()" : "(due_at <= bus.now() or (holder = $4 and message <> all($6)))")}
              order by due_at limit $3 for update skip locked),
            taken as (
              update bus.activity set holder = $4, attempts = attempts + 1, due_at = bus.now() + $5
              from due where activity.message = due.message
              returning activity.message, attempts, requested_at, bus.now() - requested_at as age, last_error)
            select taken.message, taken.attempts, taken.requested_at, taken.age, taken.last_error,
              message.type, message.version, message.body, message.conversation, message.trace
            from taken cross join lateral (select * from bus.message where id = taken.message limit 1) message
            """);
        var lease = endpoint.Activities.Values.Where(d => d.Options.Destination == destination).Max(ActivityWork.LeaseOf);
        foreach (var value in new object[] { endpoint.Id, destination, limit, processId, lease })
        {
            command.Parameters.Add(new() { Value = value });
        }

        if (held is not null)
        {
            command.Parameters.Add(new() { Value = held });
        }

        var leasedAt = clock.GetTimestamp();
        var work = new List<ActivityWork>();
        var unreadable = new List<(Guid Message, int Attempt, Exception Fault)>();
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                try
                {
                    work.Add(Read(reader, endpoint, registry, leasedAt));
                }
                catch (UnreadableMessageException e)
                {
                    unreadable.Add((reader.GetGuid(0), reader.GetInt32(1), e));
                }
            }
        }

        foreach (var (message, attempt, fault) in unreadable)
        {
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            await SetAsideAsync(connection, message, attempt, processId, fault, cancellationToken);
        }

        return work;
    }

    private static ActivityWork Read(NpgsqlDataReader reader, EndpointRuntime endpoint, MessageRegistry registry, long leasedAt)
    {
        var body = registry.Read(reader.GetString(5), reader.GetInt16(6), reader.GetString(7));
        return new(
            new(endpoint.Name, reader.GetGuid(0), body, reader.GetGuid(8), reader.IsDBNull(9) ? null : reader.GetString(9)),
            endpoint.Activities[body.GetType()],
            endpoint,
            reader.GetInt32(1),
            Leased: true,
            reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetTimeSpan(3),
            leasedAt,
            reader.IsDBNull(4) ? null : reader.GetString(4));
    }

    /// <summary>No attempt can ever be made: to the error queue, where a retry brings it back as a delivery.</summary>
    public static async Task SetAsideAsync(
        NpgsqlConnection connection, Guid message, int attempt, int processId, Exception fault, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with gone as (
              delete from bus.activity where message = $1 and attempts = $2 and holder = $3 returning endpoint, message, attempts)
            insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack)
            select $4, endpoint, 0, message, attempts, $5, $6, $7 from gone
            """,
            connection);
        foreach (var value in new object[]
        {
            message, attempt, processId, Guid.CreateVersion7(), StoredText.Of(fault.Message), fault.GetType().FullName!, StoredText.Of(fault.ToString()),
        })
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Deletes answered work. Returns what was still under this process's lease, message and attempt: only that may speak. The
    /// answers of two attempts may come together, when the database was away.
    /// </summary>
    public static async Task<HashSet<(Guid Message, int Attempt)>> FinishAsync(
        NpgsqlConnection connection, IReadOnlyList<ActivityWork> work, int processId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            delete from bus.activity using unnest($1, $2) as done (message, attempts)
            where activity.message = done.message and activity.attempts = done.attempts and activity.holder = $3
            returning activity.message, activity.attempts
            """,
            connection);
        AddFence(command.Parameters, work, processId);
        var finished = new HashSet<(Guid, int)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            finished.Add((reader.GetGuid(0), reader.GetInt32(1)));
        }

        return finished;
    }

    /// <summary>Gives back failed work until its backoff is over, unless somebody else has taken it meanwhile.</summary>
    public static async Task RescheduleAsync(
        NpgsqlConnection connection, IReadOnlyList<ActivityResult> failed, int processId, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            update bus.activity set holder = null, due_at = bus.now() + backoff, last_error = error
            from unnest($1, $2, $4, $5) as failed (message, attempts, backoff, error)
            where activity.message = failed.message and activity.attempts = failed.attempts and activity.holder = $3
            """,
            connection);
        AddFence(command.Parameters, [.. failed.Select(result => result.Work)], processId);
        command.Parameters.Add(new()
        {
            Value = failed.Select(result => result.Backoff).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Interval,
        });
        command.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. failed.Select(result => result.Error is null ? null : StoredText.Of(result.Error))] });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddFence(NpgsqlParameterCollection parameters, IReadOnlyList<ActivityWork> work, int processId)
    {
        parameters.Add(new() { Value = work.Select(item => item.Request.Message).ToArray() });
        parameters.Add(new() { Value = work.Select(item => item.Attempt).ToArray() });
        parameters.Add(new() { Value = processId });
    }
}
