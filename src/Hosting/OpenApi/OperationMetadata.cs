using System.Text.Json.Serialization.Metadata;
using Microsoft.OpenApi;

namespace Orders.Hosting.OpenApi;

/// <summary>The body that an endpoint reads with <see cref="JsonBody"/>.</summary>
internal sealed record TakenBody(JsonTypeInfo Type, bool Required);

/// <summary>An answer of success. Without a type it has no body, or one of the endpoint's own media types.</summary>
internal sealed record GivenAnswer(int Status, string Description, JsonTypeInfo? Type, IReadOnlyList<string> Headers);

/// <summary>A status of failure with the slugs of its problems, and a member that a problem has of its own.</summary>
internal sealed record GivenProblem(int Status, IReadOnlyList<string> Slugs, string? Member = null, JsonTypeInfo? Type = null);

/// <summary>A parameter in the path, the query or a header.</summary>
internal sealed record DescribedParameter(ParameterLocation In, string Name, string Description, bool Required, OpenApiSchema Schema);
