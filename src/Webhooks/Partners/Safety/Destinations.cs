using System.Net;
using System.Net.Sockets;

namespace Orders.Webhooks.Partners.Safety;

/// <summary>
/// Where deliveries may go, asked when an address is registered and again when it is connected to: what a name stands for may be
/// another by then. A name that stands for several addresses is good only if all of them are.
/// </summary>
internal sealed class Destinations(DestinationRules rules, IHostNames names)
{
    private static readonly TimeSpan LookUpLimit = TimeSpan.FromSeconds(5);

    /// <summary>A name that cannot be looked up now is taken: it may be set up later, and is looked up at each connection.</summary>
    /// <returns>The destination, or why it is refused.</returns>
    public async Task<(DestinationUrl? Destination, string? Refusal)> CheckAsync(string text, CancellationToken cancellationToken)
    {
        var (destination, refusal) = DestinationUrl.Parse(text, rules);
        if (destination is not { Address: null })
        {
            return (destination, refusal);
        }

        refusal = Refusal(await TryResolveAsync(destination.Url.IdnHost, cancellationToken));
        return refusal is null ? (destination, null) : (null, refusal);
    }

    /// <summary>Connects to an address that was looked at, and to no other.</summary>
    /// <exception cref="DestinationRefusedException">The address is not public.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint host, CancellationToken cancellationToken)
    {
        var addresses = IPAddress.TryParse(host.Host.Trim('[', ']'), out var literal) ? [literal] : await names.ResolveAsync(host.Host, cancellationToken);
        if (Refusal(addresses) is { } refusal)
        {
            throw new DestinationRefusedException(refusal);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, host.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private string? Refusal(IPAddress[] addresses) => addresses.Select(rules.Refusal).FirstOrDefault(refusal => refusal is not null);

    private async Task<IPAddress[]> TryResolveAsync(string host, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookUpLimit);
        try
        {
            return await names.ResolveAsync(host, limit.Token);
        }
        catch (Exception unknown) when (unknown is SocketException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return [];
        }
    }
}

/// <summary>Nothing was sent: the address connected to is not public.</summary>
internal sealed class DestinationRefusedException(string why) : IOException(why);
