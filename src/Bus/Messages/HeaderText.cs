using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orders.Bus.Engine;

/// <summary>Custom headers as they are stored: a JSON object of strings, or null where there are none.</summary>
internal static partial class HeaderText
{
    public static string? Write(Dictionary<string, string>? headers) =>
        headers is null or { Count: 0 } ? null : JsonSerializer.Serialize(headers, HeaderJson.Default.DictionaryStringString);

    /// <exception cref="UnreadableMessageException">It is no JSON object of strings.</exception>
    public static Dictionary<string, string> Read(string? text)
    {
        try
        {
            var headers = text is null ? new(StringComparer.Ordinal) : JsonSerializer.Deserialize(text, HeaderJson.Default.DictionaryStringString);
            return headers is not null && headers.Values.All(value => value is not null)
                ? headers
                : throw new UnreadableMessageException("The headers are malformed: they hold a null. Edit the message and retry, or discard it.");
        }
        catch (JsonException e)
        {
            throw new UnreadableMessageException($"The headers are malformed: {e.Message} Edit the message and retry, or discard it.", e);
        }
    }

    [JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class HeaderJson : JsonSerializerContext;
}
