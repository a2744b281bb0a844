using Orders.Bus.Storage;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Webhooks.Crm;

namespace Orders.Webhooks;

/// <summary>Takes in what CRMs say of customers.</summary>
public static class WebhooksModule
{
    public const string Name = Endpoints.Webhooks;

    public static OrdersProcessBuilder AddWebhooksModule(this OrdersProcessBuilder process)
    {
        process.Services.AddModuleDb<WebhooksDb>(WebhooksDb.Schema);
        process.AddCrm();
        return process.AddModule(Name, endpoint => endpoint.AddCrm(), routes => routes.MapCrm());
    }
}
