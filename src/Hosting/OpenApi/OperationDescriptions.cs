using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;
using Orders.Hosting.OpenApi;

namespace Orders.Hosting;

/// <summary>
/// What an endpoint takes and answers, said beside its route for <c>/openapi/v1.json</c>. Who may call it is known from
/// <see cref="AccessRules"/>, and the failures that every endpoint has in common are added to each.
/// </summary>
public static class OperationDescriptions
{
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, string tag, string operationId, string summary, string? details = null)
        where TBuilder : IEndpointConventionBuilder
    {
        endpoint.WithTags(tag).WithName(operationId).WithSummary(summary);
        return details is null ? endpoint : endpoint.WithDescription(details);
    }

    /// <summary>The type is the one that <see cref="JsonBody"/> reads.</summary>
    public static TBuilder Takes<TBuilder>(this TBuilder endpoint, JsonTypeInfo type, bool required = true)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new TakenBody(type, required));

    /// <summary>An answer with a JSON body; name the headers that it carries.</summary>
    public static TBuilder Gives<TBuilder>(
        this TBuilder endpoint, int status, JsonTypeInfo type, string description, params string[] headers)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new GivenAnswer(status, description, type, headers));

    /// <summary>An answer without a body, or with one of the media types of <see cref="AnsweredMediaTypes.Answers"/>.</summary>
    public static TBuilder Gives<TBuilder>(this TBuilder endpoint, int status, string description, params string[] headers)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new GivenAnswer(status, description, null, headers));

    /// <summary>Problems of this status, by slug, beside those that every endpoint has.</summary>
    public static TBuilder Fails<TBuilder>(this TBuilder endpoint, int status, params string[] slugs)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new GivenProblem(status, slugs));

    /// <summary>A problem with a member of its own, as <see cref="Problems.Of"/> writes it.</summary>
    public static TBuilder FailsWith<TBuilder>(this TBuilder endpoint, int status, string slug, string member, JsonTypeInfo type)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new GivenProblem(status, [slug], member, type));

    public static TBuilder TakesPath<TBuilder>(this TBuilder endpoint, string name, string description, string? format = null)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(
            new DescribedParameter(ParameterLocation.Path, name, description, Required: true, Text(format: format)));

    /// <summary>A filter. A malformed one answers 400 <c>invalid-query</c> unless <paramref name="slug"/> names another problem.</summary>
    public static TBuilder TakesQuery<TBuilder>(
        this TBuilder endpoint, string name, string description, int? maxLength = null, string? format = null,
        IEnumerable<string>? oneOf = null, string slug = "invalid-query")
        where TBuilder : IEndpointConventionBuilder => endpoint
            .Fails(400, slug)
            .WithMetadata(new DescribedParameter(
                ParameterLocation.Query, name, description, Required: false, Text(maxLength, format, oneOf)));

    public static TBuilder TakesHeader<TBuilder>(this TBuilder endpoint, string name, string description)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(
            new DescribedParameter(ParameterLocation.Header, name, description, Required: false, Text()));

    public static TBuilder TakesIdempotencyKey<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
            .Fails(400, "idempotency-key")
            .Fails(422, "idempotency-key-reused")
            .WithMetadata(new DescribedParameter(
                ParameterLocation.Header,
                IdempotencyKeyHeader.Name,
                "Makes it safe to repeat the request: the same key and body have one effect and one answer.",
                Required: true,
                new()
                {
                    Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKeyHeader.MaxLength + 2, Pattern = "^[!-~]+$",
                }));

    /// <summary><c>?limit=</c> and <c>?cursor=</c>, as <see cref="Paging"/> reads them.</summary>
    public static TBuilder TakesPage<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.TakesLimit().TakesQuery("cursor", "'next' of the page before, unchanged.", maxLength: Paging.MaxCursorLength, slug: "invalid-cursor");

    public static TBuilder TakesLimit<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint
            .Fails(400, "invalid-limit")
            .WithMetadata(new DescribedParameter(ParameterLocation.Query, "limit", "How many at most.", Required: false, new()
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = Paging.MaxLimit.ToString(CultureInfo.InvariantCulture),
                Default = Paging.DefaultLimit,
            }));

    private static OpenApiSchema Text(int? maxLength = null, string? format = null, IEnumerable<string>? oneOf = null) => new()
    {
        Type = JsonSchemaType.String,
        MaxLength = maxLength,
        Format = format,
        Enum = oneOf is null ? null : [.. oneOf.Select(word => JsonValue.Create(word))],
    };
}
