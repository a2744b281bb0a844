using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Hosting;
using Orders.Webhooks.Crm.Applying;
using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Erasing;
using Orders.Webhooks.Crm.Intake;
using Orders.Webhooks.Crm.Merging;
using Orders.Webhooks.Crm.Reading;
using Orders.Webhooks.Crm.Reconciling;
using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Webhooks;

/// <summary>The JSON of what only this module reads: its private messages and its columns.</summary>
[JsonSerializable(typeof(ApplyCrmChange))]
[JsonSerializable(typeof(CrmEventSetAside))]
[JsonSerializable(typeof(EraseCustomer))]
[JsonSerializable(typeof(ReadRecord))]
[JsonSerializable(typeof(RecordRead))]
[JsonSerializable(typeof(ResyncSource))]
[JsonSerializable(typeof(ReconcileSource))]
[JsonSerializable(typeof(SourceReconciled))]
[JsonSerializable(typeof(RecordState))]
[JsonSerializable(typeof(DrainEndpoint))]
[JsonSerializable(typeof(AttemptDelivery))]
[JsonSerializable(typeof(DeliveryAttempted))]
[JsonSerializable(typeof(ReplayEvents))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class WebhooksJson : JsonSerializerContext;

/// <summary>The JSON of this module's requests and answers.</summary>
[JsonSerializable(typeof(IntakeAnswer))]
[JsonSerializable(typeof(ReconcileReport))]
[JsonSerializable(typeof(EraseBody))]
[JsonSerializable(typeof(CustomerErasure))]
[JsonSerializable(typeof(CustomerDocument))]
[JsonSerializable(typeof(PageOf<CustomerDocument>))]
internal sealed partial class WebhooksHttpJson : JsonSerializerContext
{
    public static WebhooksHttpJson Strict { get; } = new(StrictJson.NewOptions());
}
