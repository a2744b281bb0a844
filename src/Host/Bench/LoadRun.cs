using System.Diagnostics;

namespace Orders.Host.Bench;

/// <summary>What the clients saw.</summary>
/// <param name="Started">Just before the first request.</param>
/// <param name="ConfirmTimes">Of the accepted orders.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
internal sealed record LoadResult(DateTimeOffset Started, IReadOnlyList<TimeSpan> ConfirmTimes, int Refused, TimeSpan Elapsed);

/// <summary>Places orders over keep-alive connections in a closed loop: each client's next order follows its last answer.</summary>
internal sealed class LoadRun(Uri url, int clients, string name, TimeProvider clock)
{
    private static readonly TimeSpan WaitAfterRefusal = TimeSpan.FromMilliseconds(100);

    private int refused;

    public async Task<LoadResult> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var connections = new List<LoadConnection>();
        try
        {
            for (var client = 0; client < clients; client++)
            {
                var connection = new LoadConnection();
                connections.Add(connection);
                await connection.OpenAsync(url, cancellationToken);
            }

            var started = clock.GetUtcNow();
            var stopwatch = Stopwatch.StartNew();
            var times = await Task.WhenAll(connections.Select((connection, client) =>
                Task.Run(() => DriveAsync(connection, client, stopwatch, duration, cancellationToken), cancellationToken)));
            return new(started, [.. times.SelectMany(list => list)], refused, stopwatch.Elapsed);
        }
        finally
        {
            connections.ForEach(connection => connection.Dispose());
        }
    }

    private async Task<List<TimeSpan>> DriveAsync(
        LoadConnection connection, int client, Stopwatch stopwatch, TimeSpan duration, CancellationToken cancellationToken)
    {
        var random = new Random(client);
        var times = new List<TimeSpan>();
        for (var number = 0; stopwatch.Elapsed < duration; number++)
        {
            var first = random.Next(BenchOptions.Items);
            var second = (first + 1 + random.Next(BenchOptions.Items - 1)) % BenchOptions.Items;
            var sent = stopwatch.Elapsed;
            var status = await connection.ExchangeAsync(LoadRequest.Bytes(name, client, number, first, second), cancellationToken);
            switch (status)
            {
                case 202:
                    times.Add(stopwatch.Elapsed - sent);
                    break;
                case 429 or 503:
                    Interlocked.Increment(ref refused);
                    await Task.Delay(WaitAfterRefusal, clock, cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"An order was answered with {status} where 202 is expected. Look at the host's log.");
            }
        }

        return times;
    }
}
