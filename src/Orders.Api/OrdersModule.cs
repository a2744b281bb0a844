using Orders.Api.CatalogueCopy;
using Orders.Api.ConfirmPurchase;
using Orders.Api.CustomerCopy;
using Orders.Api.EraseOrders;
using Orders.Api.ForkOrder;
using Orders.Api.GetHistory;
using Orders.Api.GetOrder;
using Orders.Api.ListOrders;
using Orders.Api.Migrations;
using Orders.Api.OrderProcess;
using Orders.Api.OrderViews;
using Orders.Api.RequestCancellation;
using Orders.Api.WatchOrder;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Api;

/// <summary>Confirming, cancelling and showing orders, and the process that brings each of them to its end.</summary>
public static class OrdersModule
{
    public const string Name = Endpoints.Orders;

    /// <summary>How long an ended order still swallows late messages and duplicates.</summary>
    private static readonly TimeSpan KeepEnded = TimeSpan.FromDays(30);

    public static OrdersProcessBuilder AddOrdersModule(this OrdersProcessBuilder process)
    {
        process.Services
            .AddModuleDb<OrdersDb>(OrdersDb.Schema)
            .AddSingleton(OrderTransitions.Current)
            .AddSingleton(new OrderSignals())
            .AddSingleton(new CatalogueSignal())
            .AddSingleton(new ConfirmQueue())
            .AddSingleton<ConfirmPace>()
            .AddSingleton<ConfirmBatch>()
            .AddSingleton<ConfirmService>()
            .AddSingleton<CancelOrderService>()
            .AddSingleton<OrderStream>()
            .AddSingleton<CustomersOfUsers>()
            .AddSingleton<OperatorsView>()
            .AddScoped<IOrderDocuments, PostgresOrderDocuments>()
            .AddHostedService<ConfirmCommitter>()
            .AddOrdersJob<PurgeConfirmKeysJob>("orders.purge-confirm-keys", "0 40 3 * * ?");
        return process.RefuseEarly(ConfirmPurchaseEndpoint.RefuseOverload).AddModule(Name, Configure, Map);
    }

    private static void Configure(EndpointConfiguration endpoint) => endpoint
        .Messages(OrderProcessMessages.All)
        .Messages(EraseMessages.All)
        .Saga<OrderSaga, OrderSagaData>(OrderSagaJson.Default.OrderSagaData, KeepEnded, identity: "Orders.Api.OrderProcess.OrderSaga")
        .Handler<OrderProjectionHandler>()
        .Handler<CatalogueCopyHandler>()
        .Handler<CustomerCopyHandler>()
        .Handler<EraseOrdersHandler>()
        .Handler<EraseOrderHandler>()
        .Participant<OrderDocumentSession>()
        .Participant<CatalogueCopyWriter>()
        .Participant<CustomerCopyWriter>()
        .MasksErasedOrders()
        .MasksErasedCustomers();

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapConfirmPurchase();
        routes.MapGetOrder();
        routes.MapGetHistory();
        routes.MapForkOrder();
        routes.MapListOrders();
        routes.MapWatchOrder();
        routes.MapCancelOrder();
    }
}
