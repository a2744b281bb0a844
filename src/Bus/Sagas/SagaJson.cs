using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Orders.Bus.Engine;

/// <summary>Reads and writes one saga's data. What a newer process added to it stays with it.</summary>
internal sealed class SagaJson(JsonTypeInfo json)
{
    public JsonTypeInfo Type => json;

    private readonly JsonTypeInfo strict =
        new JsonSerializerOptions(json.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow }.GetTypeInfo(json.Type);

    /// <returns>The data and, only where the text holds members that are not known here, what is known of it.</returns>
    public (IContainSagaData Data, string? Known) Read(string text)
    {
        try
        {
            return ((IContainSagaData)JsonSerializer.Deserialize(text, strict)!, null);
        }
        catch (JsonException)
        {
            var data = (IContainSagaData)JsonSerializer.Deserialize(text, json)!;
            return (data, Write(data));
        }
    }

    public string Write(IContainSagaData data) => JsonSerializer.Serialize(data, json);
}
