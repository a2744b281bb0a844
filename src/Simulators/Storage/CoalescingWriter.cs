using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Simulators.Storage;

/// <summary>
/// Makes rows durable, many concurrent callers a statement: whoever comes while a write is under way shares the next one.
/// Rows are written in the order of <see cref="WriteAsync"/>. A failing write is repeated until it works or the process
/// stops, because what the caller keeps in memory is already ahead of the database; only a row that the table itself refuses
/// fails its caller. Thread-safe.
/// </summary>
internal sealed class CoalescingWriter<TRow> : IAsyncDisposable
{
    private const int RowsAtOnce = 500;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(200);

    private readonly Channel<Entry> queue = Channel.CreateUnbounded<Entry>(new() { SingleReader = true });
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<NpgsqlConnection, IReadOnlyList<TRow>, CancellationToken, Task> insert;
    private readonly NpgsqlDataSource dataSource;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly Task loop;

    /// <param name="dataSource">Where to write.</param>
    /// <param name="insert">Writes all rows in one statement, and none of them if it fails.</param>
    /// <param name="clock">Paces repeated writes.</param>
    /// <param name="logger">Hears of failed writes.</param>
    public CoalescingWriter(
        NpgsqlDataSource dataSource,
        Func<NpgsqlConnection, IReadOnlyList<TRow>, CancellationToken, Task> insert,
        TimeProvider clock,
        ILogger logger)
    {
        (this.dataSource, this.insert, this.clock, this.logger) = (dataSource, insert, clock, logger);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Queues the row at once, before it returns; the task ends when the row is on disk. Callers are bounded by the server's.</summary>
    public Task WriteAsync(TRow row)
    {
        var entry = new Entry(row, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return queue.Writer.TryWrite(entry)
            ? entry.Written.Task
            : Task.FromException(new ObjectDisposedException(nameof(CoalescingWriter<>), "The simulator is stopping. Ask again when it runs."));
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        stopping.CancelAfter(TimeSpan.FromSeconds(5));
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var batch = new List<Entry>(RowsAtOnce);
        while (await queue.Reader.WaitToReadAsync())
        {
            while (batch.Count < RowsAtOnce && queue.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await StoreAsync(batch);
            batch.Clear();
        }
    }

    private async Task StoreAsync(List<Entry> batch)
    {
        var rows = batch.ConvertAll(entry => entry.Row);
        while (true)
        {
            try
            {
                await using var connection = await dataSource.OpenConnectionAsync(stopping.Token);
                await insert(connection, rows, stopping.Token);
                batch.ForEach(entry => entry.Written.TrySetResult());
                return;
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                batch.ForEach(entry => entry.Written.TrySetCanceled());
                return;
            }
            catch (Exception refused) when (IsAtFault(refused) && batch.Count > 1)
            {
                // One row that the table refuses must not hold up the others: each on its own.
                foreach (var entry in batch)
                {
                    await StoreAsync([entry]);
                }

                return;
            }
            catch (Exception exception) when (!IsAtFault(exception) && exception is NpgsqlException or TimeoutException or IOException)
            {
                logger.LogWarning(exception, "A simulator could not write {Rows} rows; it tries again.", rows.Count);
                await Task.Delay(PauseAfterFailure, clock, CancellationToken.None);
            }
            catch (Exception exception)
            {
                batch.ForEach(entry => entry.Written.TrySetException(exception));
                return;
            }
        }
    }

    /// <summary>Classes 22 (data), 23 (constraints) and 54 (limits) of PostgreSQL's error codes (appendix A): the same row never succeeds.</summary>
    private static bool IsAtFault(Exception exception) =>
        exception is PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] };

    private sealed record Entry(TRow Row, TaskCompletionSource Written);
}
