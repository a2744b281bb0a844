using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Api.OrderProcess;

/// <summary>The JSON of the process's data and of the messages that it sends to itself.</summary>
[JsonSerializable(typeof(OrderSagaData))]
[JsonSerializable(typeof(PaymentDeadline))]
[JsonSerializable(typeof(DispatchDeadline))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
internal sealed partial class OrderSagaJson : JsonSerializerContext;
