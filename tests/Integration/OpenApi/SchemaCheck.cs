using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>The part of JSON Schema that the document uses, on one value.</summary>
internal sealed class SchemaCheck(JsonObject document)
{
    public IEnumerable<string> Faults(JsonNode? value, JsonNode schema, string at = "")
    {
        if (schema["$ref"] is { } reference)
        {
            return Faults(value, Find(reference.GetValue<string>()), at);
        }

        if (schema["anyOf"] is JsonArray any && !any.Any(one => !Faults(value, one!, at).Any()))
        {
            return [$"{at} is none of what it may be: {value?.ToJsonString()}"];
        }

        if (!IsOfType(value, schema["type"]))
        {
            return [$"{at} is {value?.ToJsonString() ?? "null"}, not {schema["type"]!.ToJsonString()}"];
        }

        return (schema["allOf"]?.AsArray() ?? []).SelectMany(one => Faults(value, one!, at)).Concat(value switch
        {
            JsonObject members => MemberFaults(members, schema, at),
            JsonArray items when schema["items"] is { } item => items.SelectMany((one, index) => Faults(one, item, $"{at}/{index}")),
            JsonValue scalar => ScalarFaults(scalar, schema, at),
            _ => [],
        });
    }

    public JsonNode Find(string reference) => reference.TrimStart('#', '/').Split('/')
        .Aggregate((JsonNode)document, (node, step) => node[step] ?? throw new InvalidOperationException($"{reference} leads nowhere."));

    private IEnumerable<string> MemberFaults(JsonObject members, JsonNode schema, string at)
    {
        foreach (var name in (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).Where(name => !members.ContainsKey(name)))
        {
            yield return $"{at}/{name} is required and missing";
        }

        foreach (var (name, value) in members)
        {
            var known = schema["properties"]?[name] ?? (schema["additionalProperties"] as JsonObject);
            var closed = schema["additionalProperties"] is JsonValue other && !other.GetValue<bool>();
            foreach (var fault in known is not null ? Faults(value, known, $"{at}/{name}") : closed ? [$"{at}/{name} is not known"] : [])
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<string> ScalarFaults(JsonValue value, JsonNode schema, string at)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        var fits = (schema["enum"] is not JsonArray words || words.Any(word => JsonNode.DeepEquals(word, value)))
            && (schema["pattern"] is not { } pattern || Regex.IsMatch(text!, pattern.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1)))
            && schema["format"]?.GetValue<string>() switch
            {
                "uuid" => Guid.TryParse(text, out _),
                "date-time" => text!.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
                _ => true,
            };
        return fits ? [] : [$"{at} is {value.ToJsonString()}, against {schema.ToJsonString()}"];
    }

    private static bool IsOfType(JsonNode? value, JsonNode? type) => type switch
    {
        null => true,
        JsonArray several => several.Any(one => IsOfType(value, one)),
        _ => type.GetValue<string>() switch
        {
            "null" => value is null,
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "integer" => value is JsonValue number && number.TryGetValue<long>(out _),
            var scalar => value?.GetValueKind() switch
            {
                JsonValueKind.String => scalar == "string",
                JsonValueKind.Number => scalar == "number",
                JsonValueKind.True or JsonValueKind.False => scalar == "boolean",
                _ => false,
            },
        },
    };
}
