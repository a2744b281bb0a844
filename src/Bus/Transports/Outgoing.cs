using Npgsql;
using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>One row of the outbox with its message.</summary>
/// <param name="Message">Its <c>Seq</c> is the row's.</param>
/// <param name="Destination">The endpoint, or null for an event.</param>
internal readonly record struct OutgoingRow(IncomingMessage Message, string? Destination);

/// <summary>The SQL of bus.outgoing.</summary>
internal static class Outgoing
{
    /// <summary>Adds messages in their order, within the transaction that stores them.</summary>
    public static NpgsqlBatchCommand Insert(IReadOnlyList<(Guid Message, short? Endpoint)> rows) => new(
        """
        insert into bus.outgoing (message, endpoint)
        select message, endpoint from unnest($1, $2) with ordinality as new (message, endpoint, n) order by n
        """)
    {
        Parameters = { Column.Of(rows, row => row.Message), Column.Of(rows, row => row.Endpoint) },
    };

    /// <summary>
    /// The oldest rows, but for the destinations that are left alone for a while; none for a process without the dispatcher's
    /// lease. Uses the primary keys.
    /// </summary>
    public static async Task<List<OutgoingRow>> ReadAsync(
        NpgsqlDataSource source, int holder, IReadOnlyCollection<string> except, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select o.name, o.seq, 0::smallint, 0::smallint, m.id, m.type, m.version, m.key, m.intent, m.sender, m.reply_to,
              m.conversation, m.cause, m.trace, m.sent_at, m.headers, m.body
            from (
              select outgoing.seq, outgoing.message, endpoint.name
              from bus.outgoing left join bus.endpoint on endpoint.id = outgoing.endpoint
              where (endpoint.name is null or endpoint.name <> all($1))
                and (select holder = $3 and until > bus.now() from bus.dispatcher)
              order by outgoing.seq limit $2) o
            cross join lateral (select * from bus.message where id = o.message limit 1) m
            order by o.seq
            """);
        command.Parameters.Add(new() { Value = except.ToArray() });
        command.Parameters.Add(new() { Value = limit });
        command.Parameters.Add(new() { Value = holder });
        var rows = new List<OutgoingRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(new(DeliveryQueue.Read(reader), await reader.IsDBNullAsync(0, cancellationToken) ? null : reader.GetString(0)));
        }

        return rows;
    }

    public static async Task DeleteAsync(NpgsqlDataSource source, long[] seqs, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from bus.outgoing where seq = any($1)");
        command.Parameters.Add(new() { Value = seqs });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>
    /// Notes that the broker has no queue for these; what it has had none for long enough goes to the error queue. An event, which
    /// is for nobody by name, goes there under its sender, or under any endpoint that is known here.
    /// </summary>
    /// <returns>How many went there.</returns>
    public static async Task<int> RefuseAsync(
        NpgsqlDataSource source, long[] seqs, string reason, TimeSpan giveUpAfter, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("update bus.outgoing set refused_at = bus.now() where seq = any($1) and refused_at is null")
        {
            Parameters = { new() { Value = seqs } },
        });
        batch.BatchCommands.Add(new(
            """
            with gone as (
              delete from bus.outgoing where seq = any($1) and refused_at <= bus.now() - $2 returning seq, endpoint, message)
            insert into bus.failed (id, endpoint, lane, message, attempts, reason, exception, stack, away)
            select failure,
              coalesce(
                gone.endpoint,
                (select endpoint.id from bus.message join bus.endpoint on endpoint.name = message.sender where message.id = gone.message),
                (select min(id) from bus.endpoint)),
              0, gone.message, 1, $4, $5, '', true
            from gone join unnest($1, $3) as new (seq, failure) using (seq)
            """)
        {
            Parameters =
            {
                new() { Value = seqs },
                new() { Value = giveUpAfter },
                // Time-ordered, as every id in the error queue.
                new() { Value = Array.ConvertAll(seqs, _ => Guid.CreateVersion7(now)) },
                new() { Value = reason },
                new() { Value = typeof(TransportException).FullName! },
            },
        });
        await batch.ExecuteNonQueryAsync(cancellationToken);
        return (int)batch.BatchCommands[1].RecordsAffected;
    }
}
