using Orders.Contracts;
using Orders.Hosting;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Reserving;

/// <summary>Carries out a reservation: what OrderPlaced and ReserveStock have in common once their guards have passed.</summary>
internal sealed class Reservation(Warehouse warehouse, Deadlines deadlines, InventorySettings settings, TimeProvider clock)
{
    public Task ReserveAsync(Guid orderId, IReadOnlyList<HoldLine> lines, IMessageHandlerContext context)
    {
        var now = clock.GetUtcNow();
        return HoldAllOrNone.Decide(warehouse.LevelOf, lines) switch
        {
            HoldOutcome.Held held => HoldAsync(orderId, lines, held.After, now, context),
            HoldOutcome.Short missing => RefuseAsync(orderId, lines, missing.Skus, now, context),
            var outcome => throw new InvalidOperationException($"{outcome} is not handled. Say here what it does."),
        };
    }

    private async Task HoldAsync(
        Guid orderId, IReadOnlyList<HoldLine> lines, IReadOnlyList<StockLevel> after, DateTimeOffset now, IMessageHandlerContext context)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var before = warehouse.LevelOf(lines[i].Sku)!;
            warehouse.Change(after[i], new(lines[i].Sku, EntryKind.Held, lines[i].Quantity, now, orderId));
            if (before.FallsTo(settings.StockLowThreshold, after[i]))
            {
                await context.Publish(new StockLow(after[i].Sku, after[i].Available, now));
            }
        }

        var hold = new Hold(orderId, HoldState.Held, lines, now + deadlines.Hold);
        warehouse.Change(hold);
        await context.Publish(new StockReserved(orderId, hold.ExpiresAt, now));
    }

    private Task RefuseAsync(
        Guid orderId, IReadOnlyList<HoldLine> lines, IReadOnlyList<string> skus, DateTimeOffset now, IMessageHandlerContext context)
    {
        warehouse.Change(new Hold(orderId, HoldState.Short, lines, now));
        return context.Publish(new StockShort(orderId, skus, now));
    }
}
