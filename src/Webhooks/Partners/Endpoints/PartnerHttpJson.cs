using System.Text.Json.Serialization;
using Orders.Hosting;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Webhooks.Partners.Endpoints;

/// <summary>The JSON of partners' requests and answers.</summary>
[JsonSerializable(typeof(EndpointBody))]
[JsonSerializable(typeof(EndpointChange))]
[JsonSerializable(typeof(ReplayBody))]
[JsonSerializable(typeof(EndpointDocument))]
[JsonSerializable(typeof(PageOf<EndpointDocument>))]
[JsonSerializable(typeof(EndpointWithSecret))]
[JsonSerializable(typeof(RotatedSecret))]
[JsonSerializable(typeof(DeliveryDocument))]
[JsonSerializable(typeof(PageOf<DeliveryDocument>))]
[JsonSerializable(typeof(DeliveryLog))]
[JsonSerializable(typeof(QueuedTest))]
[JsonSerializable(typeof(QueuedReplay))]
internal sealed partial class PartnerHttpJson : JsonSerializerContext
{
    public static PartnerHttpJson Strict { get; } = new(StrictJson.NewOptions());
}
