using Orders.Analytics.Rebuilding;
using Orders.Analytics.Recommendations;
using Orders.Analytics.Recording;
using Orders.Analytics.Sales;
using Orders.Analytics.TopItems;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Analytics;

/// <summary>Sales by the hour, top items and what is bought together: counted as orders flow, and again from their history.</summary>
public static class AnalyticsModule
{
    public const string Name = Endpoints.Analytics;

    public static OrdersProcessBuilder AddAnalyticsModule(this OrdersProcessBuilder process)
    {
        process.Services.AddModuleDb<AnalyticsDb>(AnalyticsDb.Schema);
        process.Services.AddSingleton<RecordedMessages>().AddSingleton<Rebuild>();
        process.Services.AddSingleton<AssociationQuery>().AddSingleton<TopItemsQuery>().AddSingleton<SalesQuery>();
        process.Services.AddOrdersJob<NightlyRefreshJob>(NightlyRefreshJob.Name, NightlyRefreshJob.Cron);
        return process.AddModule(
            Name,
            endpoint =>
            {
                endpoint.MayFallBehind = true;
                endpoint.Participant<SalesRecorder>().Handler<OrderHandlers>().MasksErasedOrders();
            },
            routes =>
            {
                routes.MapSales();
                routes.MapTopItems();
                routes.MapRecommendations();
            });
    }
}
