using System.Globalization;
using System.Text.Json;
using Orders.Bus.Engine;

namespace Orders.Hosting.Operations;

/// <summary>An edited message is kept: its texts are checked like all free text.</summary>
internal static class EditedTexts
{
    /// <exception cref="ProblemException">422 where the body is no JSON, or where it or a header holds what looks like a card number.</exception>
    public static void RefuseCardNumbers(MessageEdit edit) => FreeTexts.RefuseCardNumbers(
        [.. In(edit.Body), .. (edit.Headers ?? new Dictionary<string, string?>()).Select(header => ("/headers/" + Escaped(header.Key), header.Value))]);

    private static List<(string Pointer, string? Text)> In(string? body)
    {
        try
        {
            using var json = JsonDocument.Parse(body ?? "null", new() { AllowDuplicateProperties = false });
            return [.. In("/body", json.RootElement)];
        }
        catch (JsonException malformed)
        {
            throw new ProblemException(422, "message-refused", "The edited body is no JSON; nothing was sent.", new Dictionary<string, string[]>(StringComparer.Ordinal)
            {
                ["/body"] = [malformed.Message],
            });
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
