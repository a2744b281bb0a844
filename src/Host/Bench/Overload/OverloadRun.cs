using Npgsql;
using Orders.Host.Verify;

namespace Orders.Host.Bench.Overload;

/// <summary>
/// First the most that is sustained, by clients that wait for their answers; then several times as much, by clients that do
/// not; then rest, and the most that is sustained once more, since the machine's speed drifts: its mean is the peak.
/// </summary>
internal sealed class OverloadRun(BenchOptions options, double times, TimeProvider clock, TextWriter log)
{
    /// <summary>Enough that the load stays above what is let in, however long the accepted wait.</summary>
    private const int Crowd = 2_000;

    public async Task<OverloadReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await BenchStand.StartAsync(options, clock, cancellationToken);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var memory = new MemoryWatch(stand.Host.Id, clock);
        var watch = memory.RunAsync(watching.Token);
        var drain = new Drain(stand.Database, clock);

        await log.WriteLineAsync($"warm-up: {options.WarmUpSeconds} s");
        await new LoadRun(stand.Host.Url, options.Clients, "warm", clock).RunAsync(TimeSpan.FromSeconds(options.WarmUpSeconds), cancellationToken);
        await drain.WaitAsync(cancellationToken);

        await log.WriteLineAsync($"sustained: {options.Seconds} s, {options.Clients} clients");
        memory.TakePeak();
        var before = await SustainAsync(stand, "before", cancellationToken);
        await drain.WaitAsync(cancellationToken);
        var peakMemory = memory.TakePeak();

        await log.WriteLineAsync($"overload: {options.Seconds} s, {times} times {before:0} a second, {Crowd} clients");
        var over = await new PacedLoad(stand.Host.Url, Crowd, times * before, "over", clock).RunAsync(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var goodput = await CompletedAsync(stand.Database, over.Started, over.Elapsed, cancellationToken);
        var ended = clock.GetUtcNow();
        await drain.WaitAsync(cancellationToken);
        var drained = clock.GetUtcNow() - ended;
        var overMemory = memory.TakePeak();
        await watching.CancelAsync();
        await watch;
        var completions = await Completions.ReadAsync(stand.Database, over.Started, cancellationToken);

        await log.WriteLineAsync($"sustained once more: {options.Seconds} s");
        var after = await SustainAsync(stand, "after", cancellationToken);
        await drain.WaitAsync(cancellationToken);
        return new(
            over.Started, Math.Round((before + after) / 2, 1), Rate(over.Sent, over.Elapsed), Rate(over.ConfirmTimes.Count, over.Elapsed), Rate(over.Refused, over.Elapsed), goodput,
            Percentiles.Of(over.ConfirmTimes), Math.Round(drained.TotalSeconds, 1), Math.Round(peakMemory), Math.Round(overMemory),
            completions.Count == over.ConfirmTimes.Count, await Checker.RunAsync(stand.Database, cancellationToken));
    }

    private async Task<double> SustainAsync(BenchStand stand, string name, CancellationToken cancellationToken)
    {
        var load = await new LoadRun(stand.Host.Url, options.Clients, name, clock).RunAsync(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        return await CompletedAsync(stand.Database, load.Started, load.Elapsed, cancellationToken);
    }

    /// <summary>How many orders a second were completed in the time, whenever they were placed.</summary>
    private static async Task<double> CompletedAsync(
        NpgsqlDataSource database, DateTimeOffset from, TimeSpan time, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "SELECT count(*) FROM bus.message WHERE type = 'orders.order-completed' AND sent_at BETWEEN $1 AND $2");
        command.CommandTimeout = 300;
        command.Parameters.Add(new() { Value = from });
        command.Parameters.Add(new() { Value = from + time });
        return Rate((int)(long)(await command.ExecuteScalarAsync(cancellationToken))!, time);
    }

    private static double Rate(int count, TimeSpan time) => Math.Round(count / time.TotalSeconds, 1);
}
