using Microsoft.AspNetCore.Http;

namespace Orders.Hosting.Access;

/// <summary>Finds out who asks; turns nobody away.</summary>
internal sealed class CallerMiddleware(RequestDelegate next, TokenStore tokens)
{
    private const string Scheme = "Bearer ";

    public Task InvokeAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization;
        if (header is [{ } value]
            && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && tokens.Find(value[Scheme.Length..].Trim()) is { } caller)
        {
            context.SetCaller(caller);
        }

        return next(context);
    }
}
