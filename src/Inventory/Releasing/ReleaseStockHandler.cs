using Orders.Contracts;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Releasing;

/// <summary>Puts the held units back. For an order not heard of yet it leaves a mark, so that the order holds nothing when it comes.</summary>
internal sealed class ReleaseStockHandler(Warehouse warehouse, TimeProvider clock) : IHandleMessages<ReleaseStock>
{
    public async Task Handle(ReleaseStock message, IMessageHandlerContext context)
    {
        await warehouse.LockAsync([message.OrderId], [], context.CancellationToken);
        var hold = warehouse.HoldOf(message.OrderId);
        if (hold is { State: HoldState.Short or HoldState.Committed } or { IsClosed: true } || (message.ExpiredBy is { } by && !IsMeant(hold, by)))
        {
            return;
        }

        var now = clock.GetUtcNow();
        foreach (var line in hold is { State: HoldState.Held } ? hold.Lines : [])
        {
            warehouse.Change(
                warehouse.LevelOf(line.Sku)!.Release(line.Quantity),
                new(line.Sku, EntryKind.Released, line.Quantity, now, message.OrderId));
        }

        warehouse.Change(hold is not null && message.ExpiredBy is not null ? hold.Release() : Hold.Closed(message.OrderId, now));
        await context.Publish(new StockReleased(message.OrderId, now));
    }

    // The hold that ran out, and not what came after it.
    private static bool IsMeant(Hold? hold, DateTimeOffset expiredBy) => hold is { State: HoldState.Held } && hold.ExpiresAt <= expiredBy;
}
