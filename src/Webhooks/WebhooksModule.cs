using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Webhooks;

/// <summary>Takes in what a CRM says of customers.</summary>
public static class WebhooksModule
{
    public const string Name = Endpoints.Webhooks;

    public static OrdersProcessBuilder AddWebhooksModule(this OrdersProcessBuilder process) => process;
}
