using Orders.Api.OrderViews;
using Orders.Bus.Storage;
using Orders.Contracts;

namespace Orders.Api.RequestCancellation;

/// <summary>Asks the order process to cancel.</summary>
internal sealed class CancelOrderService(
    ITransactions transactions, IServiceScopeFactory scopes, OrderSignals signals, TimeProvider clock)
{
    /// <summary>How long the answer waits to show what became of the wish. It is a courtesy: the wish is committed before.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <returns>The document, as a rule with the cancellation in it.</returns>
    public async Task<StoredOrder> AskAsync(Guid orderId, string reason, CancellationToken cancellationToken)
    {
        using var watch = signals.TryWatch(orderId);
        await transactions.RunAsync(
            Endpoints.Orders,
            transaction => transaction.Send(new CancelOrder(orderId, reason, clock.GetUtcNow())),
            cancellationToken);

        var started = clock.GetTimestamp();
        var order = await ReadAsync(orderId, cancellationToken);
        while (watch is not null
            && CancelDecision.Decide(order) is CancelAnswer.Ask
            && Patience - clock.GetElapsedTime(started) is var left && left > TimeSpan.Zero)
        {
            await watch.WaitAsync(left, clock, cancellationToken);
            order = await ReadAsync(orderId, cancellationToken);
        }

        return order;
    }

    private async Task<StoredOrder> ReadAsync(Guid orderId, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IOrderDocuments>().FindAsync(orderId, cancellationToken)
            ?? throw new InvalidOperationException($"Order {orderId} is being cancelled but its document is gone. Rebuild the read model.");
    }
}
