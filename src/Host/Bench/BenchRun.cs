using Orders.Host.Verify;

namespace Orders.Host.Bench;

/// <summary>One measurement, start to end: its own PostgreSQL in its own folder, its own host process, both gone afterwards.</summary>
internal sealed class BenchRun(BenchOptions options, TimeProvider clock, TextWriter log)
{
    public async Task<BenchReport> RunAsync(CancellationToken cancellationToken)
    {
        await using var stand = await BenchStand.StartAsync(options, clock, cancellationToken);
        var (database, host) = (stand.Database, stand.Host);
        var drain = new Drain(database, clock);
        await log.WriteLineAsync($"host {host.Url}, {options.Clients} clients, gateway {options.Gateway}, transport {options.Transport}");

        await log.WriteLineAsync($"warm-up: {options.WarmUpSeconds} s");
        await new LoadRun(host.Url, options.Clients, "warm", clock).RunAsync(TimeSpan.FromSeconds(options.WarmUpSeconds), cancellationToken);
        await drain.WaitAsync(cancellationToken);

        await log.WriteLineAsync($"load: {options.Seconds} s");
        var before = Cpu(stand);
        var load = await new LoadRun(host.Url, options.Clients, "load", clock).RunAsync(TimeSpan.FromSeconds(options.Seconds), cancellationToken);
        var loadEnded = clock.GetUtcNow();
        await drain.WaitAsync(cancellationToken);
        var drained = clock.GetUtcNow() - loadEnded;
        var after = Cpu(stand);

        await log.WriteLineAsync($"limit: {options.LimitSeconds} s");
        var limit = await new LimitRun(database, options.Clients).RunAsync(TimeSpan.FromSeconds(options.LimitSeconds), cancellationToken);
        var completions = await Completions.ReadAsync(database, load.Started, cancellationToken);
        var verify = await Checker.RunAsync(database, cancellationToken);
        return new(
            load.Started, Machine(), options, load.ConfirmTimes.Count, load.Refused, completions.Count,
            Rate(load.ConfirmTimes.Count, load.Elapsed), Rate(completions.Count, completions.UntilLast), Math.Round(drained.TotalSeconds, 1),
            Percentiles.Of(load.ConfirmTimes), completions.OrderToCompleted, Difference(before, after, load.ConfirmTimes.Count), limit, verify);
    }

    private static CpuPerOrder Cpu(BenchStand stand) => new(
        ProcessTimes.Of(stand.Host.Id).TotalMilliseconds,
        ProcessTimes.OfTree(stand.Postmaster).TotalMilliseconds,
        stand.Broker is { } broker ? ProcessTimes.OfTree(broker).TotalMilliseconds : 0,
        ProcessTimes.Of(Environment.ProcessId).TotalMilliseconds);

    private static CpuPerOrder Difference(CpuPerOrder before, CpuPerOrder after, int orders) => new(
        PerOrder(before.Host, after.Host, orders),
        PerOrder(before.PostgreSql, after.PostgreSql, orders),
        PerOrder(before.RabbitMq, after.RabbitMq, orders),
        PerOrder(before.LoadGenerator, after.LoadGenerator, orders));

    private static double PerOrder(double before, double after, int orders) => Math.Round((after - before) / Math.Max(orders, 1), 3);

    private static double Rate(int count, TimeSpan span) => span > TimeSpan.Zero ? Math.Round(count / span.TotalSeconds, 1) : 0;

    private static string Machine() => $"{Environment.ProcessorCount} cores, .NET {Environment.Version}";
}
