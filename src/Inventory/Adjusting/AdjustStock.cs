using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Adjusting;

/// <summary>Puts an adjustment into the ledger, once a key.</summary>
internal sealed class AdjustStock(ITransactions transactions, InventorySettings settings, TimeProvider clock)
{
    /// <returns>The balances after, and whether they are those of an earlier, equal request.</returns>
    public Task<(AdjustedStock Answer, bool Replayed)> RunAsync(
        string caller, string key, StockAdjustmentBody body, CancellationToken cancellationToken) => transactions.RunAsync(
        Endpoints.Inventory,
        async transaction =>
        {
            var adjustments = transaction.Services.GetRequiredService<Adjustments>();
            var now = clock.GetUtcNow();
            if (!await adjustments.ClaimAsync(caller, key, body, now, cancellationToken))
            {
                return (await adjustments.ReplayAsync(caller, key, body, cancellationToken), true);
            }

            var after = await AdjustAsync(transaction, key, body, now, cancellationToken);
            var answer = new AdjustedStock(after.Sku, after.OnHand, after.Held, after.Available);
            await adjustments.AnswerAsync(caller, key, answer, cancellationToken);
            return (answer, false);
        },
        cancellationToken);

    // What is refused rolls everything back, the key included: the same request may succeed later.
    private async Task<StockLevel> AdjustAsync(
        ITransaction transaction, string key, StockAdjustmentBody body, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var warehouse = transaction.Services.GetRequiredService<Warehouse>();
        await warehouse.LockAsync([], [body.Sku], cancellationToken);
        var before = warehouse.LevelOf(body.Sku)
            ?? throw new ProblemException(422, "unknown-sku", "The catalogue has no item with this sku. Put it there first.");
        if (!before.CanAdjust(body.Delta))
        {
            throw new ProblemException(
                409, "insufficient-stock", $"Only {before.Available} units are available: {before.OnHand} on hand, {before.Held} of them held.");
        }

        var after = before.Adjust(body.Delta);
        warehouse.Change(after, new(body.Sku, EntryKind.Adjusted, body.Delta, now, AdjustmentKey: key, Reason: body.Reason));
        if (before.FallsTo(settings.StockLowThreshold, after))
        {
            await transaction.Publish(new StockLow(body.Sku, after.Available, now));
        }

        return after;
    }
}
