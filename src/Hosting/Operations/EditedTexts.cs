using System.Globalization;
using System.Text.Json;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>An edited message is kept: its texts are checked like all free text.</summary>
internal static class EditedTexts
{
    /// <exception cref="ProblemException">
    /// 422 where the body is no JSON, or where it or a header holds text that cannot be stored or what looks like a card number.
    /// </exception>
    public static void Check(MessageEdit edit)
    {
        List<(string Pointer, string? Text)> texts =
            [.. In(edit.Body), .. (edit.Headers ?? new Dictionary<string, string?>()).Select(header => ("/headers/" + Escaped(header.Key), header.Value))];
        if (texts.Find(text => text.Text?.Contains('\0', StringComparison.Ordinal) is true || text.Pointer.Contains('\0', StringComparison.Ordinal)) is { Pointer: { } at })
        {
            throw Refused(at.Replace('\0', '\uFFFD'), "holds U+0000, which cannot be stored. Leave it out.");
        }

        FreeTexts.RefuseCardNumbers(texts);
    }

    public static ProblemException Refused(string member, string why) =>
        new(422, "message-refused", "The edited message could not be handled; nothing was sent.", new Dictionary<string, string[]>(StringComparer.Ordinal) { [member] = [why] });

    /// <summary>The body to be sent: JSON, or a string that holds JSON.</summary>
    public static string? Of(JsonElement? body) => body switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text => Unicode(() => text.GetString()),
        { } json => json.GetRawText(),
    };

    // Half a surrogate pair in an escape is found when the text is taken out.
    private static T Unicode<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw Refused("/body", "holds half a surrogate pair, which is no Unicode. Leave it out.");
        }
    }

    private static List<(string Pointer, string? Text)> In(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "null", new() { AllowDuplicateProperties = false });
            return Unicode(() => In("/body", json.RootElement).ToList());
        }
        catch (JsonException malformed)
        {
            throw Refused("/body", malformed.Message);
        }
    }

    private static IEnumerable<(string Pointer, string? Text)> In(string at, JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(member => In($"{at}/{Escaped(member.Name)}", member.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany((item, index) => In(string.Create(CultureInfo.InvariantCulture, $"{at}/{index}"), item)),
        JsonValueKind.String when !json.TryGetGuid(out _) => [(at, json.GetString())],
        JsonValueKind.Number => [(at, json.GetRawText())],
        _ => [],
    };

    // RFC 6901, section 3.
    private static string Escaped(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
