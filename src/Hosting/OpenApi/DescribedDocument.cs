using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Orders.Hosting.OpenApi;

/// <summary>What the operations share: the title, the bearer scheme, the problem.</summary>
internal sealed class DescribedDocument : IOpenApiDocumentTransformer
{
    public const string Bearer = "bearer";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Orders",
            Version = "1.0",
            Description = "Place orders, follow them, and run the shop behind them. Failures are problems (RFC 9457) whose type is "
                + $"{Problems.TypePrefix} and the slug that stands beside their status.",
        };
        document.AddComponent(SharedSchemas.Problem, SharedSchemas.ProblemDetails());
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "A configured token of the role shopper, partner or operator; or, as order-holder, the accessToken of a guest's order.",
        });
        return Task.CompletedTask;
    }
}

internal static class OpenApiRegistration
{
    public static void AddDescribedOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddOperationTransformer<DescribedOperations>();
        options.AddDocumentTransformer<DescribedDocument>();
    });
}
