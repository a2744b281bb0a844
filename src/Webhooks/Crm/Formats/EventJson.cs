using System.Text.Json;
using Orders.Hosting;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>Reads the JSON of events: strict as JSON, and without objection to members that it does not know, which CRMs add.</summary>
internal static class EventJson
{
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = false };

    /// <exception cref="ProblemException">400 where it is no JSON object, or <paramref name="read"/> finds a member that it does not expect.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> utf8, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? read(document.RootElement)
                : throw ProblemException.Invalid("", "is no JSON object.");
        }
        catch (JsonException malformed)
        {
            // A member that is there twice is found once all is read, and has no place.
            throw ProblemException.Invalid("", malformed.LineNumber is { } line
                ? $"is not well-formed JSON near line {line + 1}, byte {malformed.BytePositionInLine + 1}."
                : "gives a member twice.");
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, which is found when the text is taken out.
            throw ProblemException.Invalid("", "holds text that is no Unicode.");
        }
    }

    /// <summary>The member, of this kind.</summary>
    public static JsonElement Member(this JsonElement owner, string pointer, string name, JsonValueKind kind) =>
        owner.TryGetProperty(name, out var member) && member.ValueKind == kind
            ? member
            : throw ProblemException.Invalid($"{pointer}/{name}", $"must be there and be {Word(kind)}.");

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.String => "a string",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.Number => "a number",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Say here how it is called."),
    };
}
