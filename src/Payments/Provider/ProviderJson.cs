using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using RestEase;

namespace Orders.Payments.Provider;

[JsonSerializable(typeof(AuthoriseBody))]
[JsonSerializable(typeof(CaptureBody))]
[JsonSerializable(typeof(ProviderAnswerBody))]
[JsonSerializable(typeof(ProviderPaymentBody))]
[JsonSerializable(typeof(ProviderLedgerBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
internal sealed partial class ProviderJson : JsonSerializerContext;

/// <summary>Writes request bodies with the generated serializer.</summary>
internal sealed class ProviderRequestSerializer : RequestBodySerializer
{
    public override HttpContent? SerializeBody<T>(T body, RequestBodySerializerInfo info) =>
        new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, (JsonTypeInfo<T>)ProviderJson.Default.GetTypeInfo(typeof(T))!))
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
        };
}

/// <summary>Reads answers with the generated serializer.</summary>
internal sealed class ProviderResponseDeserializer : ResponseDeserializer
{
    public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info) =>
        JsonSerializer.Deserialize(content ?? "", (JsonTypeInfo<T>)ProviderJson.Default.GetTypeInfo(typeof(T))!)
        ?? throw new JsonException("The payment provider answered 'null' where an answer belongs. Ask it again.");
}
