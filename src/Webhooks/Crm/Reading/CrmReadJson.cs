using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orders.Webhooks.Crm.Formats;
using RestEase;

// RestEase generates the client in an assembly of its own.
[assembly: InternalsVisibleTo(RestClient.FactoryAssemblyName)]

namespace Orders.Webhooks.Crm.Reading;

[JsonSerializable(typeof(CrmRecordBody))]
[JsonSerializable(typeof(CrmPageBody))]
[JsonSerializable(typeof(CrmUpdatedBody))]
[JsonSerializable(typeof(CrmDeletedBody))]
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
internal sealed partial class CrmReadJson : JsonSerializerContext;

/// <summary>Reads answers with the generated serializer. One text that cannot be stored spoils neither its record nor its neighbours.</summary>
internal sealed class CrmResponseDeserializer : ResponseDeserializer
{
    public override T Deserialize<T>(string? content, HttpResponseMessage response, ResponseDeserializerInfo info) =>
        JsonSerializer.Deserialize(StorableJson.Of(content ?? ""), (JsonTypeInfo<T>)CrmReadJson.Default.GetTypeInfo(typeof(T))!)
        ?? throw new JsonException("The CRM answered 'null' where a record belongs. Ask it again.");
}
