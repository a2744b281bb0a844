using System.Text.Encodings.Web;
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
    // A secret is base64: it is copied from the answer as it stands there.
    public static PartnerHttpJson Strict { get; } = new(new(StrictJson.NewOptions()) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
