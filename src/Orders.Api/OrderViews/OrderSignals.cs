using System.Threading.Channels;

namespace Orders.Api.OrderViews;

/// <summary>Tells who watches an order, in this process, that its document may have changed. Bounded. Thread-safe.</summary>
internal sealed class OrderSignals(int maxWatchers = OrderSignals.DefaultMaxWatchers)
{
    public const int DefaultMaxWatchers = 1000;

    private readonly Lock gate = new();
    private readonly Dictionary<Guid, List<OrderWatch>> watches = [];
    private int count;

    /// <summary>Watches until disposed; null when there are as many watchers as this process serves.</summary>
    public OrderWatch? TryWatch(Guid orderId)
    {
        lock (gate)
        {
            if (count >= maxWatchers)
            {
                return null;
            }

            var watch = new OrderWatch(orderId, this);
            if (!watches.TryGetValue(orderId, out var ofOrder))
            {
                watches[orderId] = ofOrder = [];
            }

            ofOrder.Add(watch);
            count++;
            return watch;
        }
    }

    public void Changed(Guid orderId)
    {
        lock (gate)
        {
            foreach (var watch in watches.GetValueOrDefault(orderId) ?? [])
            {
                watch.Signal();
            }
        }
    }

    internal void Remove(OrderWatch watch)
    {
        lock (gate)
        {
            if (!watches.TryGetValue(watch.OrderId, out var ofOrder) || !ofOrder.Remove(watch))
            {
                return;
            }

            count--;
            if (ofOrder.Count == 0)
            {
                watches.Remove(watch.OrderId);
            }
        }
    }
}

/// <summary>One watcher. Signals that come while nobody waits are remembered as one.</summary>
internal sealed class OrderWatch(Guid orderId, OrderSignals owner) : IDisposable
{
    private readonly Channel<bool> signals =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public Guid OrderId => orderId;

    /// <summary>Returns at the next signal, or after the time: other processes change orders too and do not signal here.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            await signals.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Only the time is over: the caller looks for itself.
        }
    }

    public void Signal() => signals.Writer.TryWrite(true);

    public void Dispose() => owner.Remove(this);
}
