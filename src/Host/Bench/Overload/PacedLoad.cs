using System.Diagnostics;

namespace Orders.Host.Bench.Overload;

/// <summary>What the clients saw.</summary>
/// <param name="Started">Just before the first request.</param>
/// <param name="Sent">All requests.</param>
/// <param name="ConfirmTimes">Of the accepted orders.</param>
/// <param name="Refused">Answers of 503 that say when to come back.</param>
/// <param name="Elapsed">From the first request to the last answer.</param>
internal sealed record PacedResult(DateTimeOffset Started, int Sent, IReadOnlyList<TimeSpan> ConfirmTimes, int Refused, TimeSpan Elapsed);

/// <summary>
/// Places orders at a rate, whatever is answered: a client whose time has come sends at once, and one that is refused does not
/// wait as it was told to. So does a crowd that does not know of each other.
/// </summary>
internal sealed class PacedLoad(Uri url, int clients, double perSecond, string name, TimeProvider clock)
{
    private int refused;
    private int sent;

    public async Task<PacedResult> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var connections = new List<LoadConnection>();
        try
        {
            for (var client = 0; client < clients; client++)
            {
                connections.Add(new());
                await connections[client].OpenAsync(url, cancellationToken);
            }

            var started = clock.GetUtcNow();
            var stopwatch = Stopwatch.StartNew();
            var times = await Task.WhenAll(connections.Select((connection, client) =>
                Task.Run(() => DriveAsync(connection, client, stopwatch, duration, cancellationToken), cancellationToken)));
            return new(started, sent, [.. times.SelectMany(list => list)], refused, stopwatch.Elapsed);
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
        var between = TimeSpan.FromSeconds(clients / perSecond);
        // Spread over the first interval; a client that is behind its schedule does not catch up by a burst.
        var next = between * (client / (double)clients);
        for (var number = 0; next < duration; number++)
        {
            if (next - stopwatch.Elapsed is var early && early > TimeSpan.Zero)
            {
                await Task.Delay(early, clock, cancellationToken);
            }

            var first = random.Next(BenchOptions.Items);
            var second = (first + 1 + random.Next(BenchOptions.Items - 1)) % BenchOptions.Items;
            var asked = stopwatch.Elapsed;
            Count(await connection.ExchangeAsync(LoadRequest.Bytes(name, client, number, first, second), cancellationToken), connection);
            next = Max(next + between, stopwatch.Elapsed);

            void Count(int status, LoadConnection answered)
            {
                Interlocked.Increment(ref sent);
                if (status == 202)
                {
                    times.Add(stopwatch.Elapsed - asked);
                }
                else if (status == 503 && answered.SaysRetryAfter)
                {
                    Interlocked.Increment(ref refused);
                }
                else
                {
                    throw new InvalidOperationException($"An order was answered with {status} where 202, or 503 with Retry-After, is expected.");
                }
            }
        }

        return times;
    }

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
