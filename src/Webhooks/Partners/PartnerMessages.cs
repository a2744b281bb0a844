using Orders.Bus.Composition;
using static Orders.Bus.Composition.MessageContract;

namespace Orders.Webhooks.Partners;

/// <summary>The messages about partners that only this module sends and handles. All of one endpoint go by its id, one at a time.</summary>
internal static class PartnerMessages
{
    public static IReadOnlyList<MessageContract> All { get; } =
    [
        Private("webhooks.drain-endpoint", 1, WebhooksModule.Name, WebhooksJson.Default.DrainEndpoint, m => ByEndpoint(m.EndpointId)),
        Private("webhooks.attempt-delivery", 1, WebhooksModule.Name, WebhooksJson.Default.AttemptDelivery, m => ByEndpoint(m.EndpointId)),
        Private("webhooks.delivery-attempted", 1, WebhooksModule.Name, WebhooksJson.Default.DeliveryAttempted, m => ByEndpoint(m.EndpointId)),
        Private("webhooks.replay-events", 1, WebhooksModule.Name, WebhooksJson.Default.ReplayEvents, m => ByEndpoint(m.EndpointId)),
    ];

    private static string ByEndpoint(Guid endpointId) => endpointId.ToString("D");
}
