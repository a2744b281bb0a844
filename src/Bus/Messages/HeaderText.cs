using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Bus.Engine;

/// <summary>Custom headers as they are stored: a JSON object of strings, or null where there are none.</summary>
internal static partial class HeaderText
{
    public static string? Write(Dictionary<string, string>? headers) =>
        headers is null or { Count: 0 } ? null : JsonSerializer.Serialize(headers, HeaderJson.Default.DictionaryStringString);

    public static Dictionary<string, string> Read(string? text) => text is null
        ? new(StringComparer.Ordinal)
        : JsonSerializer.Deserialize(text, HeaderJson.Default.DictionaryStringString)!;

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class HeaderJson : JsonSerializerContext;
}
