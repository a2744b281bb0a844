using System.Net;
using Microsoft.AspNetCore.Http;

namespace Orders.Hosting.Access;

/// <summary>Whether an address that the server listens on can be reached from this machine alone.</summary>
internal static class Loopback
{
    public static bool Is(string url)
    {
        var host = BindingAddress.Parse(url).Host.Trim('[', ']');
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
    }
}
