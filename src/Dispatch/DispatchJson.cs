using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;
using Orders.Dispatch.HandOver;

namespace Orders.Dispatch;

/// <summary>The JSON of what only this module reads: its private messages and its columns.</summary>
[JsonSerializable(typeof(BookCarrier))]
[JsonSerializable(typeof(CancelBooking))]
[JsonSerializable(typeof(BookingMade))]
[JsonSerializable(typeof(BookingRefused))]
[JsonSerializable(typeof(BookingUnknown))]
[JsonSerializable(typeof(BookingCancelled))]
[JsonSerializable(typeof(CancellationUnknown))]
[JsonSerializable(typeof(IReadOnlyList<PackedLine>))]
[JsonSerializable(typeof(Address))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class DispatchJson : JsonSerializerContext;
