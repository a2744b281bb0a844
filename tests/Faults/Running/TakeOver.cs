using System.Diagnostics;
using Npgsql;

namespace Orders.Tests.Faults.Running;

/// <summary>
/// How long work lies after a death: until each delivery that waited then is handled, and until each call is in living hands.
/// </summary>
internal sealed class TakeOver(FaultRun run)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    private readonly List<TimeSpan> times = [];

    /// <summary>To be called as soon as a process is gone: its calls count, when other hands have them.</summary>
    public Task MeasureAsync(CancellationToken cancellationToken) => MeasureAsync(HeldByTheDead, $"(holder is null or {HeldByTheDead})", cancellationToken);

    /// <summary>
    /// To be called as soon as the server is back: all attempts count that are begun or due, when they are made. One that waits for its
    /// time, because whoever is called was away too, does not lie.
    /// </summary>
    public Task MeasureAllAsync(CancellationToken cancellationToken) => MeasureAsync(HeldOrDue, HeldOrDue, cancellationToken);

    private async Task MeasureAsync(string lying, string still, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await using var connection = await run.Database.OpenConnectionAsync(cancellationToken);
        var deliveries = await ReadAsync<long>("select seq from bus.delivery", new long[1]);
        var calls = await ReadAsync<string>($"select {Attempt} from bus.activity where {lying}", new string[1]);
        while (deliveries.Count + calls.Count > 0)
        {
            await Task.Delay(Between, TimeProvider.System, cancellationToken);
            Keep(deliveries, await ReadAsync<long>("select seq from bus.delivery where seq = any($1)", deliveries.ToArray()));
            Keep(calls, await ReadAsync<string>($"select {Attempt} from bus.activity where {Attempt} = any($1) and {still}", calls.ToArray()));
        }

        void Keep<T>(HashSet<T> before, HashSet<T> now)
        {
            times.AddRange(Enumerable.Repeat(clock.Elapsed, before.Count - now.Count));
            before.IntersectWith(now);
        }

        async Task<HashSet<T>> ReadAsync<T>(string sql, T[] parameter)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            if (sql.Contains("$1", StringComparison.Ordinal))
            {
                command.Parameters.Add(new() { Value = parameter });
            }

            var found = new HashSet<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                found.Add(reader.GetFieldValue<T>(0));
            }

            return found;
        }
    }

    /// <summary>Prints the times, and fails when the promise does not hold.</summary>
    /// <param name="promised">How long at most.</param>
    /// <param name="share">For how many of them.</param>
    public void IsWithin(TimeSpan promised, double share = 1)
    {
        times.Sort();
        Tally.Print(FormattableString.Invariant(
            $"   taken over: {times.Count} pieces of work, p50 {Seconds(0.5):0.00} s, p99 {Seconds(0.99):0.00} s, longest {Seconds(1):0.00} s"));
        Assert.True(Seconds(share) <= promised.TotalSeconds, $"It took {Seconds(share)} s, promised is {promised}.");
    }

    private double Seconds(double share) => times.Count == 0 ? 0 : times[(int)(share * (times.Count - 1))].TotalSeconds;

    private const string Attempt = "message || ' ' || attempts";

    private const string HeldOrDue = "(holder is not null or due_at <= bus.now())";

    // Who lives holds the lock of its number.
    private const string HeldByTheDead =
        """
        holder not in (select objid::int from pg_locks where locktype = 'advisory' and classid = 20483 and objsubid = 2 and granted
          and database = (select oid from pg_database where datname = current_database()))
        """;
}
