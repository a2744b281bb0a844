using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;
using Orders.Contracts;

namespace Orders.Hosting.OpenApi;

/// <summary>
/// JSON schemas of what the source-generated contexts read and write. Objects become components of the document. Those that
/// are read take no other members; those that are written may grow, and hold every member that is not left out when null.
/// </summary>
internal sealed class Schemas(OpenApiDocument document)
{
    public IOpenApiSchema Read(JsonTypeInfo type) => Of(type, read: true);

    public IOpenApiSchema Written(JsonTypeInfo type) => Of(type, read: false);

    private IOpenApiSchema Of(JsonTypeInfo type, bool read) => Scalar(type.Type) ?? type.Kind switch
    {
        JsonTypeInfoKind.Object => Component(NameOf(type.Type), () => Object(type, read)),
        JsonTypeInfoKind.Enumerable => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Of(Inner(type, type.ElementType!), read) },
        JsonTypeInfoKind.Dictionary => new OpenApiSchema
        {
            Type = JsonSchemaType.Object, AdditionalProperties = Of(Inner(type, type.ElementType!), read),
        },
        _ when Nullable.GetUnderlyingType(type.Type) is { } inner => Of(Inner(type, inner), read),
        _ => throw new InvalidOperationException($"{type.Type} has no schema. Give it one here."),
    };

    private IOpenApiSchema? Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => new OpenApiSchema { Type = JsonSchemaType.String },
        _ when type == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ when type == typeof(int) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        _ when type == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        _ when type == typeof(double) => new OpenApiSchema { Type = JsonSchemaType.Number, Format = "double" },
        _ when type == typeof(Guid) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        _ when type == typeof(DateTimeOffset) || type == typeof(DateTime) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
        _ when type == typeof(TimeSpan) => new OpenApiSchema
        {
            Type = JsonSchemaType.String, Pattern = @"^-?([0-9]+\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?$", Description = "Days, hours, minutes, seconds.", Examples = ["1.02:30:00"],
        },
        // Any JSON.
        _ when type == typeof(JsonElement) => new OpenApiSchema(),
        _ when type == typeof(Money) => Component(nameof(Money), SharedSchemas.Money),
        _ => null,
    };

    private OpenApiSchema Object(JsonTypeInfo type, bool read)
    {
        var members = type.Properties.Where(member => read ? member.AssociatedParameter is not null || member.Set is not null : member.Get is not null).ToList();
        return new()
        {
            Type = JsonSchemaType.Object,
            AdditionalPropertiesAllowed = !read,
            Properties = members.ToDictionary(member => member.Name, member => Member(type, member, read), StringComparer.Ordinal),
            Required = members.Where(member => read ? IsNeeded(member) : IsAlwaysWritten(type, member))
                .Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
        };
    }

    private IOpenApiSchema Member(JsonTypeInfo type, JsonPropertyInfo member, bool read)
    {
        var schema = Of(Inner(type, member.PropertyType), read);
        MemberLimits.Apply(member, schema as OpenApiSchema);
        var nullable = read ? member.IsSetNullable : member.IsGetNullable;
        if (!nullable)
        {
            return schema;
        }

        if (schema is OpenApiSchema { Type: not null } plain)
        {
            plain.Type |= JsonSchemaType.Null;
            return plain;
        }

        return new OpenApiSchema { AnyOf = [schema, new OpenApiSchema { Type = JsonSchemaType.Null }] };
    }

    private OpenApiSchemaReference Component(string name, Func<OpenApiSchema> make)
    {
        if (document.Components?.Schemas?.ContainsKey(name) is not true)
        {
            document.AddComponent(name, make());
        }

        return new OpenApiSchemaReference(name, document);
    }

    private static bool IsNeeded(JsonPropertyInfo member) =>
        member.AssociatedParameter is { } parameter ? !parameter.HasDefaultValue : member.IsRequired;

    private static bool IsAlwaysWritten(JsonTypeInfo type, JsonPropertyInfo member) =>
        !member.IsGetNullable || IgnoredWhen(type, member) is not JsonIgnoreCondition.WhenWritingNull;

    private static JsonIgnoreCondition IgnoredWhen(JsonTypeInfo type, JsonPropertyInfo member) =>
        member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), inherit: true) is [JsonIgnoreAttribute own, ..] ? own.Condition : type.Options.DefaultIgnoreCondition;

    private static JsonTypeInfo Inner(JsonTypeInfo outer, Type type) => outer.Options.GetTypeInfo(type);

    /// <summary><c>PageOf&lt;CatalogItem&gt;</c> is <c>PageOfCatalogItem</c>.</summary>
    private static string NameOf(Type type) => type.IsGenericType
        ? type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] + string.Concat(type.GetGenericArguments().Select(NameOf))
        : type.Name;
}
