using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Engine;

namespace Orders.Bus.Activities;

/// <summary>The SQL by which activities get into bus.activity and are taken from it.</summary>
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
            new() { Value = work.Select(item => item.Destination).ToArray() },
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
        TimeSpan lease,
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
                    work.Add(Read(reader, endpoint, destination, registry, leasedAt));
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
            await ActivityEnds.SetAsideAsync(connection, message, attempt, processId, fault, cancellationToken);
        }

        return work;
    }

    /// <summary>All destinations that there is work for. Reads index activity_due from one to the next, however much work there is.</summary>
    public static async Task<List<string>> DestinationsAsync(NpgsqlDataSource source, EndpointRuntime endpoint, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            with recursive known as (
              (select destination from bus.activity where endpoint = $1 order by destination limit 1)
              union all
              select (select destination from bus.activity where endpoint = $1 and destination > known.destination order by destination limit 1)
              from known where known.destination is not null)
            select destination from known where destination is not null
            """);
        command.Parameters.Add(new() { Value = endpoint.Id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var destinations = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            destinations.Add(reader.GetString(0));
        }

        return destinations;
    }

    private static ActivityWork Read(NpgsqlDataReader reader, EndpointRuntime endpoint, string destination, MessageRegistry registry, long leasedAt)
    {
        var body = registry.Read(reader.GetString(5), reader.GetInt16(6), reader.GetString(7));
        return new(
            new(endpoint.Name, reader.GetGuid(0), body, reader.GetGuid(8), reader.IsDBNull(9) ? null : reader.GetString(9)),
            endpoint.Activities[body.GetType()],
            endpoint,
            destination,
            reader.GetInt32(1),
            Leased: true,
            reader.GetFieldValue<DateTimeOffset>(2),
            reader.GetTimeSpan(3),
            leasedAt,
            reader.IsDBNull(4) ? null : reader.GetString(4));
    }
}
