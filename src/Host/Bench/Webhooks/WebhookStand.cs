using Orders.Host.Bench.Overload;

namespace Orders.Host.Bench.Webhooks;

/// <summary>A host with endpoints whose receivers are in this process, and everything that these got. All gone afterwards.</summary>
internal sealed class WebhookStand : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly TimeProvider clock;
    private int runs;

    private WebhookStand(BenchStand host, Receivers receivers, TimeProvider clock) =>
        (Stand, Receivers, Partner, this.clock) = (host, receivers, new(host.Host.Url), clock);

    public BenchStand Stand { get; }

    public Receivers Receivers { get; }

    public Partner Partner { get; }

    /// <summary>The endpoints that are measured.</summary>
    public Dictionary<Guid, Mailbox> Endpoints { get; } = [];

    public static async Task<WebhookStand> StartAsync(BenchOptions options, int endpoints, int spare, TimeProvider clock, CancellationToken cancellationToken)
    {
        var stand = new WebhookStand(
            await BenchStand.StartAsync(options, clock, cancellationToken), await Receivers.StartAsync(endpoints + spare, clock, cancellationToken), clock);
        foreach (var mailbox in stand.Receivers.All.Take(endpoints))
        {
            stand.Endpoints.Add(await stand.Partner.AddAsync(mailbox.Url, cancellationToken), mailbox);
        }

        return stand;
    }

    /// <summary>Places orders at a rate, and waits until nothing of them is left to do but deliveries.</summary>
    /// <returns>How many deliveries the measured endpoints have to get.</returns>
    public async Task<int> PlaceAsync(int orders, double perSecond, CancellationToken cancellationToken)
    {
        var clients = Math.Min(16, orders);
        var load = new PacedLoad(Stand.Host.Url, clients, perSecond, $"hook{runs++}", clock);
        var placed = await load.RunAsync(TimeSpan.FromSeconds(orders / perSecond), cancellationToken);
        return placed.ConfirmTimes.Count * Partner.EventsOfAnOrder * Endpoints.Count;
    }

    /// <summary>Waits for so many calls, or for as long as anybody would.</summary>
    public async Task ReceivedAsync(int deliveries, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + Patience;
        while (Endpoints.Values.Sum(mailbox => mailbox.Count) < deliveries && clock.GetUtcNow() < until)
        {
            await Task.Delay(Look, clock, cancellationToken);
        }
    }

    public Task EnableAsync(bool enabled, CancellationToken cancellationToken) =>
        Task.WhenAll(Endpoints.Keys.Select(endpoint => Partner.EnableAsync(endpoint, enabled, cancellationToken)));

    public async ValueTask DisposeAsync()
    {
        Partner.Dispose();
        await Stand.DisposeAsync();
        await Receivers.DisposeAsync();
    }
}
