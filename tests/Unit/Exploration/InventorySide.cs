using System.Collections.Immutable;
using Orders.Contracts;
using Orders.Inventory;
using Orders.Inventory.Committing;
using Orders.Inventory.Releasing;
using Orders.Inventory.Reserving;
using Orders.Inventory.Stock;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Inventory's handlers on the world's stock.</summary>
internal static class InventorySide
{
    private static readonly InventorySettings Settings = new(StockLowThreshold: 0, TimeSpan.FromSeconds(1));

    public static OrderWorld Handle(OrderWorld world, object message)
    {
        var warehouse = new Warehouse(null!);
        warehouse.Know(Scenario.OrderId, world.Hold, world.Stock.Values);
        var clock = new WorldClock(world.Now);
        var reservation = new Reservation(warehouse, Scenario.Deadlines, Settings, clock);
        var context = Heard.From(said => message switch
        {
            OrderPlaced placed => new OrderPlacedHandler(warehouse, reservation).Handle(placed, said),
            ReserveStock reserve => new ReserveStockHandler(warehouse, reservation, Scenario.Deadlines, clock).Handle(reserve, said),
            ReleaseStock release => new ReleaseStockHandler(warehouse, clock).Handle(release, said),
            CommitStock commit => new CommitStockHandler(warehouse, clock).Handle(commit, said),
            _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType(), "Inventory does not handle it."),
        });
        return (world with
        {
            Hold = warehouse.HoldOf(Scenario.OrderId),
            Stock = world.Stock.Keys.ToImmutableDictionary(sku => sku, sku => warehouse.LevelOf(sku)!, StringComparer.Ordinal),
        }).Take(Endpoints.Inventory, context);
    }
}
