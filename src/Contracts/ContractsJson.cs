using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Contracts;

/// <summary>
/// The JSON of messages, generated at build time. A missing or null member that the type requires, a wrong type and a
/// duplicate are errors; an unknown member is not, so that an older process can read a newer message. Nulls are written: a
/// nullable member without a default is required all the same, and may not be left out.
/// </summary>
[JsonSerializable(typeof(DeliveryPromised))]
[JsonSerializable(typeof(DispatchFailed))]
[JsonSerializable(typeof(DispatchOrder))]
[JsonSerializable(typeof(HandOverShipment))]
[JsonSerializable(typeof(ShipmentDispatched))]
[JsonSerializable(typeof(ShipmentPacked))]
[JsonSerializable(typeof(ShipmentStopped))]
[JsonSerializable(typeof(StopShipment))]
[JsonSerializable(typeof(CatalogItemChanged))]
[JsonSerializable(typeof(CommitStock))]
[JsonSerializable(typeof(HoldExpired))]
[JsonSerializable(typeof(ReleaseStock))]
[JsonSerializable(typeof(ReserveStock))]
[JsonSerializable(typeof(StockCommitted))]
[JsonSerializable(typeof(StockLow))]
[JsonSerializable(typeof(StockReleased))]
[JsonSerializable(typeof(StockReserved))]
[JsonSerializable(typeof(StockShort))]
[JsonSerializable(typeof(CancelOrder))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(OrderCancelling))]
[JsonSerializable(typeof(OrderCompleted))]
[JsonSerializable(typeof(OrderConfirmed))]
[JsonSerializable(typeof(OrderErased))]
[JsonSerializable(typeof(OrderNeedsAttention))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderRejected))]
[JsonSerializable(typeof(OrderStatusChanged))]
[JsonSerializable(typeof(CapturePayment))]
[JsonSerializable(typeof(PaymentAuthorised))]
[JsonSerializable(typeof(PaymentCaptureFailed))]
[JsonSerializable(typeof(PaymentCaptured))]
[JsonSerializable(typeof(PaymentDeclined))]
[JsonSerializable(typeof(PaymentRefunded))]
[JsonSerializable(typeof(PaymentUnresolved))]
[JsonSerializable(typeof(PaymentVoided))]
[JsonSerializable(typeof(RefundPayment))]
[JsonSerializable(typeof(VoidPayment))]
[JsonSerializable(typeof(CustomerChanged))]
[JsonSerializable(typeof(CustomerErased))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
public sealed partial class ContractsJson : JsonSerializerContext;
