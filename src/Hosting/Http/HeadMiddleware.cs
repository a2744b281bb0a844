using Microsoft.AspNetCore.Http;

namespace Orders.Hosting.Http
{
    /// <summary>HEAD is GET without the body (RFC 9110, 9.3.2): the routes see a GET, and the server, which knows better, sends no body.</summary>
    internal sealed class HeadMiddleware(RequestDelegate next)
    {
        internal static readonly object Key = new();

        public Task InvokeAsync(HttpContext context)
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Request.Method = HttpMethods.Get;
                context.Items[Key] = true;
            }

            return next(context);
        }
    }
}

namespace Orders.Hosting
{
    /// <summary>Tells an endless answer that nobody reads it.</summary>
    public static class HeadRequests
    {
        /// <summary>The request is a HEAD that is answered like a GET.</summary>
        public static bool WantsHeadersOnly(this HttpContext context) => context.Items.ContainsKey(Http.HeadMiddleware.Key);
    }
}
