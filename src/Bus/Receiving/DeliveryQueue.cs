using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>The SQL of taking and deleting deliveries.</summary>
internal static class DeliveryQueue
{
    // A body beyond the limit stays where it is: its size is known without reading it.
    private const string Columns =
        $$"""
        d.ctid::text, d.seq, d.lane, d.retries, m.id, m.type, m.version, m.key, m.intent, m.sender, m.reply_to, m.conversation, m.cause, m.trace,
        m.sent_at, m.headers, case when octet_length(m.body) <= {{MessageSize.MaxBytesText}} then m.body end
        """;

    /// <summary>
    /// Locks what is free of the given lanes until the transaction ends, then reads each one's oldest deliveries. Two statements,
    /// so that the second one's snapshot is taken under the locks. Uses the primary keys of bus.delivery and bus.message; the
    /// lateral joins keep the planner on them whatever its statistics say.
    /// </summary>
    public static async Task<List<Taken>> TakeAsync(
        NpgsqlConnection connection, short endpoint, short[] lanes, int limitPerLane, long? only, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select lane from unnest($2) as candidate (lane) where pg_try_advisory_xact_lock($1, lane)")
        {
            Parameters = { new() { Value = LaneLockClass + endpoint }, new() { Value = lanes } },
        });
        batch.BatchCommands.Add(new(
            $"""
             select {Columns}
             from unnest($2) as l (lane)
             cross join lateral (
               select ctid, seq, lane, retries, message from bus.delivery
               where endpoint = $1 and delivery.lane = l.lane and ($4 = 0 or seq = $4)
               order by seq limit $3) d
             cross join lateral (select * from bus.message where id = d.message limit 1) m
             """)
        {
            Parameters =
            {
                new() { Value = endpoint }, new() { Value = lanes }, new() { Value = limitPerLane }, new() { Value = only ?? 0L },
            },
        });

        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var locked = new HashSet<short>();
        while (await reader.ReadAsync(cancellationToken))
        {
            locked.Add(reader.GetInt16(0));
        }

        await reader.NextResultAsync(cancellationToken);
        var taken = new List<Taken>();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (locked.Contains(reader.GetInt16(2)))
            {
                taken.Add(new(reader.GetString(0), Read(reader)));
            }
        }

        taken.Sort((left, right) => left.Message.Seq.CompareTo(right.Message.Seq));
        return taken;
    }

    /// <summary>Waits until no message of the endpoint is being handled, and keeps it so until the transaction ends.</summary>
    public static async Task LockAsync(NpgsqlConnection connection, short endpoint, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock($1, lane) from unnest($2) as l (lane)", connection);
        command.Parameters.Add(new() { Value = LaneLockClass + endpoint });
        command.Parameters.Add(new() { Value = Lanes.All.ToArray() });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Deletes rows by their place, which cannot change while this transaction holds their lanes.</summary>
    public static NpgsqlBatchCommand Delete(IEnumerable<Taken> taken) => new("delete from bus.delivery where ctid = any($1::tid[])")
    {
        Parameters = { new() { Value = taken.Select(row => row.Place).ToArray() } },
    };

    /// <summary>The first key of the advisory locks on lanes; the endpoint's number is added.</summary>
    private const int LaneLockClass = 0x4F00_0000;

    /// <summary>Reads what <see cref="Columns"/> selects.</summary>
    internal static IncomingMessage Read(NpgsqlDataReader row) => new(
        row.GetInt64(1),
        row.GetInt16(2),
        row.GetInt16(3),
        row.GetGuid(4),
        row.GetString(5),
        row.GetInt16(6),
        row.GetString(7),
        (MessageIntent)row.GetInt16(8),
        Text(row, 9),
        Text(row, 10),
        row.GetGuid(11),
        row.IsDBNull(12) ? null : row.GetGuid(12),
        Text(row, 13),
        row.GetFieldValue<DateTimeOffset>(14),
        Text(row, 15),
        Text(row, 16));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

/// <summary>A delivery in hand, and its row's place.</summary>
internal readonly record struct Taken(string Place, IncomingMessage Message);
