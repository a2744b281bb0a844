using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Orders.Bus.Storage;

namespace Orders.Hosting.Http;

/// <summary>Every failure leaves as a problem: thrown ones, unexpected ones without a stack, and the framework's bare statuses.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
            {
                var (slug, detail) = Bare(context.Response.StatusCode);
                await Problems.WriteAsync(context, context.Response.StatusCode, slug, detail, null, null);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone: nobody reads an answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (ProblemException problem) when (!context.Response.HasStarted)
        {
            await Problems.WriteAsync(context, problem.Status, problem.Slug, problem.Message, problem.Errors, problem.RetryAfter);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            var (slug, detail) = Bare(bad.StatusCode);
            await Problems.WriteAsync(context, bad.StatusCode, slug, detail, null, null);
        }
        catch (Exception away) when (!context.Response.HasStarted && (away is OperationCanceledException || Database.IsDown(away)))
        {
            log.LogWarning("{Method} {Route} found the database away, or this process stopping: {Fault}", context.Request.Method, RouteOf(context), away.Message);
            await Problems.WriteAsync(
                context, 503, "unavailable", "The service is restarting. Try again, a confirm with the same key.", null, TimeSpan.FromSeconds(2));
        }
        catch (Exception unexpected) when (!context.Response.HasStarted)
        {
            log.LogError(unexpected, "{Method} {Route} failed", context.Request.Method, RouteOf(context));
            await Problems.WriteAsync(
                context, 500, "internal-error", "Something failed on our side. Try again; quote the traceId if it persists.", null, null);
        }
    }

    // The route's pattern, not the path: paths may hold ids and names.
    private static string RouteOf(HttpContext context) => context.GetEndpoint()?.DisplayName ?? "(no route)";

    private static (string Slug, string Detail) Bare(int status) => status switch
    {
        400 => ("invalid-request", "The request is malformed."),
        404 => ("not-found", "There is nothing at this address."),
        405 => ("method-not-allowed", "This address does not take the method. The header Allow lists those that it takes."),
        406 => ("not-acceptable", "The answer is JSON. Send Accept: application/json."),
        413 => ("body-too-large", "The body is too large."),
        415 => ("unsupported-media-type", "Send Content-Type: application/json."),
        431 => ("headers-too-large", "The headers are too large."),
        _ => ("error", "The request failed."),
    };
}
