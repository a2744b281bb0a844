using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orders.Host.Bench.Webhooks;

/// <summary>
/// Deliveries to partners: first what had accumulated for disabled endpoints and goes out at once, the limit right after; then
/// orders at a pace well below that, for the time from an event to its receipt.
/// </summary>
internal sealed class WebhookRun(BenchOptions options, int endpoints, bool slowAndDead, TimeProvider clock, TextWriter log)
{
    private const int AtOnce = 20_000;
    private const double OrdersPerSecond = 200;

    /// <summary>Of the rate at which they go out at once.</summary>
    private const double Pace = 0.25;

    private readonly Dictionary<Guid, List<Receipt>> received = [];

    public async Task<WebhookReport> RunAsync(CancellationToken cancellationToken)
    {
        var bad = slowAndDead ? 2 : 0;
        await using var stand = await WebhookStand.StartAsync(options, endpoints - bad, bad, clock, cancellationToken);
        var orders = Math.Max(1, AtOnce / stand.Endpoints.Count / Partner.EventsOfAnOrder);
        await log.WriteLineAsync($"host {stand.Stand.Host.Url}, {stand.Endpoints.Count} endpoints; warm-up: {orders} orders");
        await stand.ReceivedAsync(await stand.PlaceAsync(orders, OrdersPerSecond, cancellationToken), cancellationToken);
        Collect(stand);

        await log.WriteLineAsync($"{orders} orders' events at once, and the limit");
        var started = clock.GetUtcNow();
        var (rate, cpu) = await DrainAsync(stand, orders, cancellationToken);
        var posts = Collect(stand).SelectMany(pair => pair.Value.Select(receipt => (stand.Endpoints[pair.Key].Url, receipt.Body))).ToList();
        new Random(1).Shuffle(CollectionsMarshal.AsSpan(posts));
        var limit = await new SignedPosts(posts, clock).RunAsync(cancellationToken);
        foreach (var mailbox in stand.Endpoints.Values)
        {
            mailbox.TakeAll();
        }

        var paced = new PacedPhases(stand, rate * Pace, TimeSpan.FromSeconds(options.Seconds), Collect, log);
        var comparison = slowAndDead ? await paced.CompareAsync(clock, cancellationToken) : null;
        var times = await paced.RunAsync(cancellationToken);
        var check = await ReceiptCheck.RunAsync(stand.Stand.Database, received, cancellationToken);
        return new(started, endpoints, rate, cpu, limit, Math.Round(rate * Pace, 1), times, comparison, check);
    }

    private async Task<(double PerSecond, CpuPerDelivery Cpu)> DrainAsync(WebhookStand stand, int orders, CancellationToken cancellationToken)
    {
        await stand.EnableAsync(false, cancellationToken);
        var deliveries = await stand.PlaceAsync(orders, OrdersPerSecond, cancellationToken);
        await new Drain(stand.Stand.Database, clock).WaitAsync(cancellationToken);

        var (before, stopwatch) = (Cpu(stand.Stand), Stopwatch.StartNew());
        await stand.EnableAsync(true, cancellationToken);
        await stand.ReceivedAsync(deliveries, cancellationToken);
        var (after, elapsed) = (Cpu(stand.Stand), stopwatch.Elapsed);
        return (
            Math.Round(deliveries / elapsed.TotalSeconds, 1),
            new(Each(after.Host - before.Host), Each(after.PostgreSql - before.PostgreSql), Each(after.Receivers - before.Receivers)));

        double Each(double milliseconds) => Math.Round(milliseconds / deliveries, 3);
    }

    /// <summary>Empties the mailboxes; what was in them counts for the check.</summary>
    private Dictionary<Guid, List<Receipt>> Collect(WebhookStand stand)
    {
        var taken = stand.Endpoints.ToDictionary(pair => pair.Key, pair => pair.Value.TakeAll());
        foreach (var (endpoint, receipts) in taken)
        {
            received.TryAdd(endpoint, []);
            received[endpoint].AddRange(receipts);
        }

        return taken;
    }

    private static CpuPerDelivery Cpu(BenchStand stand) => new(
        ProcessTimes.Of(stand.Host.Id).TotalMilliseconds,
        ProcessTimes.OfTree(stand.Postmaster).TotalMilliseconds,
        ProcessTimes.Of(Environment.ProcessId).TotalMilliseconds);
}
