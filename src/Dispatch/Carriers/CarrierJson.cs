using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RestEase;

namespace Orders.Dispatch.Carriers;

[JsonSerializable(typeof(CarrierRequest))]
[JsonSerializable(typeof(CarrierBooking))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class CarrierJson : JsonSerializerContext;

/// <summary>Writes request bodies with the generated serializer.</summary>
internal sealed class CarrierRequestSerializer : RequestBodySerializer
{
    public override HttpContent? SerializeBody<T>(T body, RequestBodySerializerInfo info) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)CarrierJson.Default.GetTypeInfo(typeof(T))!))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}

/// <summary>Reads answers with the generated serializer.</summary>
internal sealed class CarrierResponseDeserializer : ResponseDeserializer
{
    public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info) =>
        JsonSerializer.Deserialize(content ?? "", (JsonTypeInfo<T>)CarrierJson.Default.GetTypeInfo(typeof(T))!)
        ?? throw new JsonException("The carrier answered 'null' where a booking belongs. Ask it again.");
}
