using System.Net;
using System.Net.Sockets;

namespace Orders.Hosting.Servers;

/// <summary>A TCP port of 127.0.0.1.</summary>
internal static class LoopbackPort
{
    /// <summary>One that nobody listens on. Somebody may be quicker: whoever listens on it has to notice.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
