using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>How one endpoint stands. <c>Ready</c> counts activities that are due or under way, too.</summary>
public sealed record QueueStatus(string Endpoint, long Ready, long Delayed, long Failed, double OldestReadySeconds);

/// <summary>Counts what waits, for all endpoints of the database.</summary>
public sealed class QueueStatistics(NpgsqlDataSource source)
{
    public async Task<List<QueueStatus>> ReadAsync(CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select e.name,
              (select count(*) from bus.delivery d where d.endpoint = e.id)
                + (select count(*) from bus.activity a where a.endpoint = e.id and (a.holder is not null or a.due_at <= bus.now())),
              (select count(*) from bus.delayed d where d.endpoint = e.id)
                + (select count(*) from bus.activity a where a.endpoint = e.id and a.holder is null and a.due_at > bus.now()),
              (select count(*) from bus.failed f where f.endpoint = e.id and f.resolution is null),
              coalesce(extract(epoch from bus.now() - (
                select min(m.sent_at) from (
                  select distinct on (lane) message from bus.delivery d where d.endpoint = e.id order by lane, seq) first
                join bus.message m on m.id = first.message))::float8, 0)
            from bus.endpoint e order by e.name
            """);
        var all = new List<QueueStatus>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            all.Add(new(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), Math.Max(0, reader.GetDouble(4))));
        }

        return all;
    }
}
