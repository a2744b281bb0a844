using System.IO.Pipelines;
using System.Text.Json;
using Orders.Api.OrderViews;

namespace Orders.Api.WatchOrder;

/// <summary>Writes one order's events for one watcher until the order ends, the client goes or the process stops.</summary>
internal sealed class OrderStream(IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>How often a watcher looks for itself: what other processes change is not signalled here.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    /// <summary>Proxies cut connections that say nothing.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <param name="watch">Taken before the first look, so that no change falls between.</param>
    /// <param name="seen">The version that the client has, or null: it gets the present state.</param>
    /// <param name="output">The response.</param>
    /// <param name="cancellationToken">The client has gone.</param>
    public async Task WriteAsync(OrderWatch watch, int? seen, PipeWriter output, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var silentSince = clock.GetTimestamp();
        try
        {
            while (true)
            {
                var (order, json) = await ReadAsync(watch.OrderId, either.Token);
                if (order.Version > (seen ?? 0))
                {
                    ServerSentEvents.Write(output, order, json, seen ?? order.Version - 1);
                    await output.FlushAsync(either.Token);
                    (seen, silentSince) = (order.Version, clock.GetTimestamp());
                }

                if (order.IsEnded)
                {
                    return;
                }

                if (clock.GetElapsedTime(silentSince) >= Heartbeat)
                {
                    ServerSentEvents.WriteHeartbeat(output);
                    await output.FlushAsync(either.Token);
                    silentSince = clock.GetTimestamp();
                }

                await watch.WaitAsync(Poll, clock, either.Token);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The client comes back with Last-Event-ID, here or to another process.
        }
    }

    /// <summary>In a scope of its own: a watcher that waits for an hour holds no connection to the database.</summary>
    private async Task<(OrderDocument Order, byte[] Json)> ReadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var stored = await scope.ServiceProvider.GetRequiredService<IOrderDocuments>().FindAsync(orderId, cancellationToken)
            ?? throw new InvalidOperationException($"Order {orderId} is watched but its document is gone. Rebuild the read model.");
        return (JsonSerializer.Deserialize(stored.Json, OrderDocumentJson.Default.OrderDocument)!, stored.Json);
    }
}
