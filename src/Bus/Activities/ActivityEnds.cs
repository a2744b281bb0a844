using Npgsql;
using NpgsqlTypes;
using Orders.Bus.Storage;

namespace Orders.Bus.Activities;

/// <summary>The SQL by which attempts end: answered, to be made again, or never to be made.</summary>
internal static class ActivityEnds
{
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
