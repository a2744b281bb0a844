using System.Net;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>Looks up names of hosts.</summary>
internal interface IHostNames
{
    /// <exception cref="System.Net.Sockets.SocketException">The name stands for nothing.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

/// <summary>As this machine does.</summary>
internal sealed class SystemHostNames : IHostNames
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
