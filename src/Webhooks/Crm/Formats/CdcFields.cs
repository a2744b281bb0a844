using System.Text.Json;

namespace Orders.Webhooks.Crm.Formats;

/// <summary>The fields of a change event that are kept. A compound name comes in parts, of which an update holds those that changed.</summary>
internal static class CdcFields
{
    private const string Compound = "Name";

    public static Dictionary<string, string?> Of(JsonElement payload, IReadOnlyList<string> changed)
    {
        var fields = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (theirs, ours) in SalesforceFields.Names)
        {
            var isNamed = changed.Contains(theirs, StringComparer.Ordinal) || changed.Contains($"{Compound}.{theirs}", StringComparer.Ordinal);
            if (Find(payload, theirs) is { } value)
            {
                fields[ours] = Text(theirs, value);
            }
            else if (isNamed && !IsCompound(payload, theirs))
            {
                fields[ours] = null;
            }
        }

        return fields;
    }

    private static JsonElement? Find(JsonElement payload, string name)
    {
        if (payload.TryGetProperty(name, out var own))
        {
            return IsCompound(payload, name) ? null : own;
        }

        return IsCompound(payload, Compound) && payload.GetProperty(Compound).TryGetProperty(name, out var part) ? part : null;
    }

    private static bool IsCompound(JsonElement payload, string name) =>
        name == Compound && payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object;

    private static string? Text(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw new UnreadableEventException($"The field {name} is neither a string nor null. Correct it."),
    };
}
