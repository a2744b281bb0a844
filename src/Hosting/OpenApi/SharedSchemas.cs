using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Orders.Hosting.OpenApi;

/// <summary>Schemas of what is not written by the serializer's own rules, and the headers of answers.</summary>
internal static class SharedSchemas
{
    public const string Problem = "Problem";

    public static OpenApiSchema Money() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "An amount as a decimal string with exactly the currency's minor digits.",
        AdditionalPropertiesAllowed = false,
        Required = new HashSet<string>(StringComparer.Ordinal) { "amount", "currency" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["amount"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = @"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$", Examples = ["323.49"] },
            ["currency"] = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = "^[A-Z]{3}$", Description = "ISO 4217", Examples = ["USD"] },
        },
    };

    public static OpenApiSchema ProblemDetails() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "RFC 9457. A type may add members of its own.",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uri", Pattern = "^urn:orders:problem:[a-z-]+$" },
            ["title"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer },
            ["detail"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["traceId"] = new OpenApiSchema { Type = JsonSchemaType.String },
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "JSON pointer (RFC 6901) to messages.",
                AdditionalProperties = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        },
    };

    /// <summary>A problem whose type is one of these.</summary>
    public static OpenApiSchema ProblemOf(GivenProblem problem, Schemas schemas, OpenApiDocument document)
    {
        var members = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = new OpenApiSchema { Enum = [.. problem.Slugs.Select(slug => JsonValue.Create(Problems.TypePrefix + slug))] },
        };
        if (problem is { Member: { } name, Type: { } type })
        {
            members[name] = schemas.Written(type);
        }

        return new() { AllOf = [new OpenApiSchemaReference(Problem, document)], Properties = members };
    }

    public static OpenApiHeader Header(string name) => name switch
    {
        "Location" => Text("Where the thing is.", "uri-reference"),
        "ETag" => Text("A strong entity tag of this version."),
        "Idempotency-Replayed" => Text("'true' where this is the answer of an earlier, equal request; else absent."),
        "Retry-After" => new() { Description = "Seconds to wait.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" } },
        "WWW-Authenticate" => Text("Which token is needed (RFC 6750)."),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Say here what the header means."),
    };

    private static OpenApiHeader Text(string description, string? format = null) => new()
    {
        Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = format },
    };
}
