using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Orders.Hosting;

namespace Orders.Simulators.Ownership;

/// <summary>Any process answers for the simulators: what it does not own, it asks the owner, once and without judging the answer.</summary>
internal sealed class Forwarding(Owner owner) : IDisposable
{
    private const string Hop = "X-Simulator-Hop";
    private static readonly string[] RequestHeaders = ["Authorization", "Idempotency-Key", "Accept"];

    private readonly HttpMessageInvoker http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false });

    /// <summary>Puts it around every route that the builder's conventions reach.</summary>
    public static void Around(IEndpointConventionBuilder routes) => routes.Add(endpoint =>
    {
        var here = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = context => context.RequestServices.GetRequiredService<Forwarding>().InvokeAsync(context, here);
    });

    public void Dispose() => http.Dispose();

    private async Task InvokeAsync(HttpContext context, RequestDelegate here)
    {
        try
        {
            if (await owner.ElsewhereAsync(context.RequestAborted) is not { } elsewhere)
            {
                await here(context);
                return;
            }

            if (context.Request.Headers.ContainsKey(Hop))
            {
                owner.IsGone(elsewhere);
                throw new SimulatorAwayException("The simulators have just moved to another process. Ask again.");
            }

            await ForwardAsync(context, elsewhere);
        }
        catch (SimulatorAwayException away)
        {
            throw new ProblemException(503, "simulator-unavailable", away.Message);
        }
    }

    private async Task ForwardAsync(HttpContext context, Uri elsewhere)
    {
        using var request = new HttpRequestMessage(new(context.Request.Method), new Uri(elsewhere, context.Request.Path + context.Request.QueryString));
        request.Headers.Add(Hop, "1");
        foreach (var name in RequestHeaders)
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)context.Request.Headers[name]);
        }

        if (context.Request.ContentLength is > 0 || context.Request.Headers.TransferEncoding.Count > 0)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", context.Request.ContentType);
        }

        try
        {
            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            owner.IsGone(elsewhere);
            throw new SimulatorAwayException("The process that ran the simulators has gone. Ask again.");
        }
        catch (HttpRequestException)
        {
            // It was cut there, and is cut here: nobody knows what was done.
            owner.IsGone(elsewhere);
            context.Abort();
        }
    }
}
