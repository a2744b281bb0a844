using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>What is asked for: one of key and message is there.</summary>
internal sealed record ErasureRequest(long Id, string? Key, Guid? Message, string? Mention, DateTimeOffset Until)
{
    /// <summary>Takes those that are due and that no other process is at. Uses index erasure_due.</summary>
    public static async Task<List<ErasureRequest>> TakeAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select id, key, message, mention, until from bus.erasure where sweep_at <= bus.now() order by sweep_at limit 10000 for update skip locked", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var due = new List<ErasureRequest>();
        while (await reader.ReadAsync(cancellationToken))
        {
            due.Add(new(
                reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.GetGuid(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.GetFieldValue<DateTimeOffset>(4)));
        }

        return due;
    }

    /// <summary>
    /// What is under way comes late: it waits for its retry, in a broker, or in an outbox without one. So a key is looked for again,
    /// the last time when nothing waits for so long any more. A message is here once and for all.
    /// </summary>
    public static async Task AdvanceAsync(NpgsqlConnection connection, IReadOnlyList<ErasureRequest> done, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            with next as (
              select id, sweeps + 1 as sweeps, case when message is null then (array['1 min', '10 min', '1 hour', '1 day', '8 days']::interval[])[sweeps + 1] end as rest
              from bus.erasure where id = any($1)),
            over as (delete from bus.erasure using next where erasure.id = next.id and next.rest is null)
            update bus.erasure set sweeps = next.sweeps, sweep_at = bus.now() + next.rest from next where erasure.id = next.id and next.rest is not null
            """,
            connection);
        command.Parameters.Add(new() { Value = done.Select(request => request.Id).ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
