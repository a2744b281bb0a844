using System.Text.Json;
using System.Text.Json.Serialization;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Simulators.Carrier;

internal sealed record BookBody(string Reference, Address ShipTo);

internal sealed record BookingBody(
    string Carrier, string IdempotencyKey, string? Reference, string Status, string? TrackingNumber, string? Reason, DateTimeOffset At)
{
    public static BookingBody Of(Booking booking) => new(
        booking.Carrier,
        booking.IdempotencyKey,
        booking.Reference,
        BookingTable.Word(booking.Status),
        booking.TrackingNumber,
        booking.Reason,
        booking.At);
}

internal sealed record BookingsBody(IReadOnlyList<BookingBody> Items);

/// <summary>The carriers' JSON. What is read is held to the system's strictness by the reader.</summary>
[JsonSerializable(typeof(BookBody))]
[JsonSerializable(typeof(BookingBody))]
[JsonSerializable(typeof(BookingsBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeJsonConverter)])]
internal sealed partial class CarrierJson : JsonSerializerContext;
