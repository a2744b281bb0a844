using System.Diagnostics;
using Npgsql;

namespace Orders.Host.Bench;

/// <summary>
/// The limit beside the pipeline: the facts of a completed order written by one transaction, in one round trip, with no bus
/// between. As many connections as the load had clients; the same database, settings and minute.
/// </summary>
internal sealed class LimitRun(NpgsqlDataSource database, int connections)
{
    public const string Schema = "bench_limit";

    private int written;

    /// <returns>Orders a second.</returns>
    public async Task<double> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var sample = await SampleAsync(connection, cancellationToken);
        var tables = await LimitTables.CreateAsync(connection, sample, cancellationToken);
        var stopwatch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ =>
            Task.Run(() => WriteAsync(tables, sample, stopwatch, duration, cancellationToken), cancellationToken)));
        var rate = written / stopwatch.Elapsed.TotalSeconds;
        await using var drop = new NpgsqlCommand($"DROP SCHEMA {Schema} CASCADE", connection);
        await drop.ExecuteNonQueryAsync(cancellationToken);
        return Math.Round(rate);
    }

    private async Task WriteAsync(
        IReadOnlyList<LimitTable> tables, Guid sample, Stopwatch stopwatch, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        while (stopwatch.Elapsed < duration)
        {
            // A batch without an explicit transaction is one: it commits as a whole, in the same round trip.
            await using var batch = new NpgsqlBatch(connection);
            var order = Guid.CreateVersion7();
            foreach (var table in tables)
            {
                batch.BatchCommands.Add(table.Insert(sample, order));
            }

            await batch.PrepareAsync(cancellationToken);
            await batch.ExecuteNonQueryAsync(cancellationToken);
            Interlocked.Increment(ref written);
        }
    }

    private static async Task<Guid> SampleAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "SELECT key FROM bus.message WHERE type = 'orders.order-completed' ORDER BY id DESC LIMIT 1", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is string key
            ? Guid.Parse(key)
            : throw new InvalidOperationException("No order has completed: there is nothing to compare with. Look at the host's log.");
    }
}
