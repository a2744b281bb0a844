using System.Text.Json.Nodes;

namespace Orders.Host.History;

/// <summary>Takes what names a person out of a history. The order process reads none of it, so that a masked history replays the same.</summary>
internal static class HistoryMask
{
    private const string Masked = "***";

    private static readonly HashSet<string> Personal = new(StringComparer.Ordinal)
    {
        "name", "line1", "line2", "city", "region", "postalCode", "instructions", "userId", "email", "phone", "cardToken", "giftCard",
    };

    /// <param name="lines">JSON Lines.</param>
    public static string Apply(string lines) => string.Concat(lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line =>
        {
            var step = JsonNode.Parse(line)!;
            Mask(step);
            return step.ToJsonString() + "\n";
        }));

    private static void Mask(JsonNode? node)
    {
        switch (node)
        {
            case JsonArray array:
                foreach (var item in array)
                {
                    Mask(item);
                }

                break;
            case JsonObject members:
                foreach (var (name, value) in members.ToList())
                {
                    if (value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String && Personal.Contains(name))
                    {
                        members[name] = Masked;
                    }
                    else
                    {
                        Mask(value);
                    }
                }

                break;
        }
    }
}
