using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Inventory.Adjusting;
using Orders.Inventory.Catalog;
using Orders.Inventory.Committing;
using Orders.Inventory.Expiring;
using Orders.Inventory.Releasing;
using Orders.Inventory.Reserving;
using Orders.Inventory.Stock;

namespace Orders.Inventory;

/// <summary>The catalogue and its stock: a ledger, held for orders all or nothing.</summary>
public static class InventoryModule
{
    public const string Name = Endpoints.Inventory;

    public static OrdersProcessBuilder AddInventoryModule(this OrdersProcessBuilder process)
    {
        process.Services.AddModuleDb<InventoryDb>(InventoryDb.Schema);
        process.Services.AddSingleton(InventorySettings.From(process.Configuration));
        process.Services.AddScoped<Warehouse>().AddScoped<Reservation>().AddScoped<Adjustments>().AddScoped<CatalogQueries>();
        process.Services.AddSingleton<PutCatalogItem>().AddSingleton<AdjustStock>();
        process.Services.AddSingleton<ExpiredHolds>().AddHostedService<HoldSweeper>();
        return process.AddModule(
            Name,
            endpoint => endpoint
                .Participant<WarehouseParticipant>()
                .Handler<OrderPlacedHandler>()
                .Handler<ReserveStockHandler>()
                .Handler<CommitStockHandler>()
                .Handler<ReleaseStockHandler>()
                .MasksErasedOrders(),
            routes =>
            {
                routes.MapCatalog();
                routes.MapAdjustments();
                routes.MapStock();
            });
    }
}
