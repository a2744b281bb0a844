using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Configuration;

namespace Orders.Hosting.Access;

/// <summary>
/// Whose <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> are believed: this machine's, and those of the addresses and
/// networks in <c>Orders:TrustedProxies:{n}</c>. Behind a proxy that is not trusted all guests are one caller.
/// </summary>
internal static class TrustedProxies
{
    /// <exception cref="StartupException">One of them is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions Read(IConfiguration configuration)
    {
        // No limit: the chain is followed as far back as the proxies in it are trusted.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        foreach (var proxy in configuration.GetSection("Orders:TrustedProxies").GetChildren())
        {
            if (System.Net.IPNetwork.TryParse(proxy.Value, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
            else if (IPAddress.TryParse(proxy.Value, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                throw new StartupException($"{proxy.Path} is '{proxy.Value}'. Give a proxy's address such as 10.0.0.4, or a network such as 10.0.0.0/24.");
            }
        }

        return options;
    }
}

/// <summary>Local mode's tokens are known to everyone: a proxy must not carry them beyond this machine.</summary>
internal sealed class LocalModeMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) => context.Connection.RemoteIpAddress is { } client && !IPAddress.IsLoopback(client)
        ? throw new ProblemException(
            403, "local-mode", "No tokens are configured: only this machine is answered. Configure Orders__Tokens__0__Hash, …__Role and …__User.")
        : next(context);
}
