using Npgsql;

namespace Orders.Host.Bench;

/// <summary>The completed orders of a run, by the times of the recorded messages.</summary>
internal sealed record Completions(int Count, TimeSpan UntilLast, Percentiles OrderToCompleted)
{
    // Both times are the database's, on the same machine and clock as the load generator's start.
    private const string Sql = """
        SELECT extract(epoch FROM completed.sent_at - placed.sent_at)::float8,
               extract(epoch FROM completed.sent_at - @started)::float8
        FROM bus.message AS completed
        JOIN bus.message AS placed ON placed.key = completed.key AND placed.type = 'orders.order-placed'
        WHERE completed.type = 'orders.order-completed' AND placed.sent_at >= @started
        """;

    public static async Task<Completions> ReadAsync(
        NpgsqlDataSource database, DateTimeOffset started, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        command.CommandTimeout = 300;
        command.Parameters.AddWithValue("started", started);
        var times = new List<TimeSpan>();
        var last = TimeSpan.Zero;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            times.Add(TimeSpan.FromSeconds(reader.GetDouble(0)));
            last = TimeSpan.FromSeconds(Math.Max(last.TotalSeconds, reader.GetDouble(1)));
        }

        return new(times.Count, last, Percentiles.Of(times));
    }
}
