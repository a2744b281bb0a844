using Orders.Contracts;
using Orders.Inventory.Stock;

namespace Orders.Inventory.Committing;

/// <summary>The held units have left the warehouse: out of on hand and held, into shipped.</summary>
internal sealed class CommitStockHandler(Warehouse warehouse, TimeProvider clock) : IHandleMessages<CommitStock>
{
    public async Task Handle(CommitStock message, IMessageHandlerContext context)
    {
        await warehouse.LockAsync([message.OrderId], [], context.CancellationToken);
        var hold = warehouse.HoldOf(message.OrderId);
        if (hold is { State: HoldState.Committed })
        {
            return;
        }

        // Units that left without being held may have been sold to somebody else: people have to look.
        if (hold is not { State: HoldState.Held })
        {
            throw new InvalidOperationException(
                $"Order {message.OrderId} was dispatched but holds no stock ({hold?.State.Stored() ?? "nothing known"}). "
                + "If its OrderPlaced is still to come, retry; else count the items and adjust their stock.");
        }

        var now = clock.GetUtcNow();
        foreach (var line in hold.Lines)
        {
            warehouse.Change(
                warehouse.LevelOf(line.Sku)!.Ship(line.Quantity),
                new(line.Sku, EntryKind.Shipped, line.Quantity, now, message.OrderId));
        }

        warehouse.Change(hold with { State = HoldState.Committed });
        await context.Publish(new StockCommitted(message.OrderId, now));
    }
}
