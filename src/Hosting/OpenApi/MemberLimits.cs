using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Orders.Hosting.OpenApi;

/// <summary>
/// Limits that a body's type states by attribute, for the document alone: the body's own check enforces them, by the same
/// constants, and answers for all of them at once.
/// </summary>
internal static class MemberLimits
{
    public static void Apply(JsonPropertyInfo member, OpenApiSchema? schema)
    {
        foreach (var attribute in member.AttributeProvider?.GetCustomAttributes(inherit: false) ?? [])
        {
            if (schema is not null)
            {
                Apply(attribute, schema);
            }
        }
    }

    private static void Apply(object attribute, OpenApiSchema schema)
    {
        switch (attribute)
        {
            case StringLengthAttribute text:
                (schema.MinLength, schema.MaxLength) = (text.MinimumLength, text.MaximumLength);
                break;
            case LengthAttribute list:
                (schema.MinItems, schema.MaxItems) = (list.MinimumLength, list.MaximumLength);
                break;
            case RangeAttribute range:
                schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                break;
            case RegularExpressionAttribute shape:
                schema.Pattern = $"^(?:{shape.Pattern})$";
                break;
            case AllowedValuesAttribute words:
                schema.Enum = [.. words.Values.Select(word => JsonValue.Create((string)word!))];
                break;
        }
    }
}
