using System.Net;
using System.Net.Sockets;

namespace Orders.Host.Bench.Webhooks;

/// <summary>Phases of the same steady load, by which times from event to receipt are compared.</summary>
internal sealed class PacedPhases(
    WebhookStand stand, double deliveriesPerSecond, TimeSpan duration, Func<WebhookStand, Dictionary<Guid, List<Receipt>>> collect, TextWriter log)
{
    private const int Pairs = 3;

    private static readonly TimeSpan Slowness = TimeSpan.FromSeconds(10);

    public async Task<Percentiles> RunAsync(CancellationToken cancellationToken)
    {
        var perSecond = deliveriesPerSecond / Partner.EventsOfAnOrder / stand.Endpoints.Count;
        var orders = Math.Max(1, (int)Math.Ceiling(perSecond * duration.TotalSeconds));
        await log.WriteLineAsync($"paced: {orders} orders in {duration.TotalSeconds:0} s, {deliveriesPerSecond:0} deliveries a second");
        await stand.ReceivedAsync(await stand.PlaceAsync(orders, perSecond, cancellationToken), cancellationToken);
        return Percentiles.Of(collect(stand).Values.SelectMany(all => all).Select(receipt => receipt.At - receipt.Read().Happened));
    }

    /// <summary>Without and with bad neighbours, in turn, and the other way round in every second pair: the machine's speed drifts.</summary>
    public async Task<SlowAndDeadReport> CompareAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        var slow = stand.Receivers.All.Except(stand.Endpoints.Values).First();
        slow.AnswersAfter = Slowness;
        // Bound and not listening: whoever connects is refused.
        using var dead = new Socket(SocketType.Stream, ProtocolType.Tcp);
        dead.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var urls = new[] { slow.Url, new Uri($"http://127.0.0.1:{((IPEndPoint)dead.LocalEndPoint!).Port}/") };

        var (without, with) = (new List<double>(), new List<double>());
        for (var phase = 0; phase < 2 * Pairs; phase++)
        {
            if (phase % 4 is 1 or 2)
            {
                var bad = await Task.WhenAll(urls.Select(url => stand.Partner.AddAsync(url, cancellationToken)));
                with.Add((await RunAsync(cancellationToken)).P99);
                await Task.WhenAll(bad.Select(endpoint => stand.Partner.DeleteAsync(endpoint, cancellationToken)));
            }
            else
            {
                without.Add((await RunAsync(cancellationToken)).P99);
            }
        }

        return new(without, with);
    }
}
