using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orders.Hosting.Http;

namespace Orders.Hosting.OpenApi;

/// <summary>Writes each operation from what is said beside its route; handlers' signatures tell nothing of headers, bodies and failures.</summary>
internal sealed class DescribedOperations : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document ?? throw new InvalidOperationException("An operation is described within its document.");
        var metadata = new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata);
        var schemas = new Schemas(document);
        operation.Parameters = [.. metadata.GetOrderedMetadata<DescribedParameter>().Select(Parameter)];
        operation.RequestBody = metadata.GetMetadata<TakenBody>() is { } body
            ? new OpenApiRequestBody { Required = body.Required, Content = Content(Json, schemas.Read(body.Type)) }
            : null;
        operation.Responses = Responses(metadata, schemas, document);
        Secure(operation, metadata, document);
        return Task.CompletedTask;
    }

    private static OpenApiParameter Parameter(DescribedParameter parameter) => new()
    {
        In = parameter.In,
        Name = parameter.Name,
        Description = parameter.Description,
        Required = parameter.Required,
        Schema = parameter.Schema,
    };

    private static OpenApiResponses Responses(EndpointMetadataCollection metadata, Schemas schemas, OpenApiDocument document)
    {
        var responses = new OpenApiResponses();
        var own = metadata.GetMetadata<Answered>()?.MediaTypes[0];
        foreach (var answer in metadata.GetOrderedMetadata<GivenAnswer>())
        {
            responses[Key(answer.Status)] = new OpenApiResponse
            {
                Description = answer.Description,
                Headers = Headers(answer.Headers),
                Content = answer.Type is not null ? Content(Json, schemas.Written(answer.Type))
                    : answer.Status == 200 && own is not null ? Content(own, new OpenApiSchema { Type = JsonSchemaType.String })
                    : null,
            };
        }

        foreach (var problem in CommonProblems.Of(metadata))
        {
            responses[Key(problem.Status)] = new OpenApiResponse
            {
                Description = string.Join(", ", problem.Slugs.Select(slug => $"`{slug}`")),
                Headers = Headers(problem.Status switch { 401 => ["WWW-Authenticate"], 429 or 503 => ["Retry-After"], _ => [] }),
                Content = Content(Problems.ContentType, SharedSchemas.ProblemOf(problem, schemas, document)),
            };
        }

        return responses;
    }

    /// <summary>Roles are no scopes of OpenAPI's bearer scheme: they stand in the description and in <c>x-roles</c>.</summary>
    private static void Secure(OpenApiOperation operation, EndpointMetadataCollection metadata, OpenApiDocument document)
    {
        var roles = metadata.GetMetadata<NeededRoles>()?.Roles;
        var guests = metadata.GetMetadata<GuestsAllowed>() is not null;
        var who = roles is null ? "anyone" : string.Join(", ", roles) + (guests ? ", or anyone without a token" : "");
        operation.Description = $"{operation.Description}\n\nWho may: {who}.".TrimStart();
        operation.Security = roles is null ? [] : [new() { [new(DescribedDocument.Bearer, document)] = [] }];
        if (roles is not null)
        {
            operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
            operation.Extensions["x-roles"] = new JsonNodeExtension(new JsonArray([.. roles.Select(role => JsonValue.Create(role))]));
            if (guests)
            {
                operation.Security.Add([]);
            }
        }
    }

    private static string Key(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, IOpenApiHeader> Headers(IEnumerable<string> names) =>
        names.ToDictionary(name => name, IOpenApiHeader (name) => SharedSchemas.Header(name), StringComparer.Ordinal);

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, IOpenApiSchema schema) =>
        new(StringComparer.Ordinal) { [mediaType] = new OpenApiMediaType { Schema = schema } };
}
