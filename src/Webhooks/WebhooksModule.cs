using Orders.Bus.Engine;
using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Webhooks.Crm;
using Orders.Webhooks.Partners;

namespace Orders.Webhooks;

/// <summary>Takes in what CRMs say of customers, and tells partners what happens.</summary>
public static class WebhooksModule
{
    public const string Name = Endpoints.Webhooks;

    /// <summary>True: partners' endpoints may be http and on this machine. For local work.</summary>
    public const string AllowLoopbackSetting = "Orders:Webhooks:AllowLoopback";

    public static OrdersProcessBuilder AddWebhooksModule(this OrdersProcessBuilder process)
    {
        process.Services.AddModuleDb<WebhooksDb>(WebhooksDb.Schema);
        process.AddCrm();
        process.AddPartners();
        return process.AddModule(Name, Configure, Map);
    }

    private static void Configure(EndpointConfiguration endpoint)
    {
        // No order waits for what is done here.
        endpoint.MayFallBehind = true;
        endpoint.AddCrm().AddPartners().MasksErasedOrders().MasksErasedCustomers();
    }

    private static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapCrm();
        routes.MapPartners();
    }
}
