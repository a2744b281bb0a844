using System.Net;
using System.Net.Sockets;

namespace Orders.Tests.Faults.Network;

/// <summary>One connection through a proxy: two pumps that ask, for each piece they read, what is to become of it.</summary>
internal sealed class ProxiedConnection(FaultyProxy proxy, Socket client, ICommitCutter? cutter, CancellationToken stopping) : IDisposable
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(300);
    private const int SliceBytes = 7;

    private readonly Socket server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private volatile bool lost;

    /// <summary>Never faults.</summary>
    public async Task RunAsync(int target)
    {
        client.NoDelay = true;
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, target, ending.Token);
            await Task.WhenAll(PumpAsync(client, server, Flow.ToServer), PumpAsync(server, client, Flow.ToClient));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is away, or the connection was cut: the client sees it closed.
        }
    }

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        ending.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Flow flow)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, SocketFlags.None, ending.Token) is > 0 and var count)
            {
                await ForwardAsync(buffer.AsMemory(0, count), to, flow);
            }

            if (!lost)
            {
                to.Shutdown(SocketShutdown.Send);
            }
        }
        catch (SocketException) when (!lost)
        {
            // One end is gone: so is the other.
            await ending.CancelAsync();
        }
    }

    private async Task ForwardAsync(ReadOnlyMemory<byte> piece, Socket to, Flow flow)
    {
        var verdict = cutter?.Look(piece, flow) ?? CommitVerdict.Pass;
        if (verdict.Cuts)
        {
            await to.SendAsync(piece[..verdict.Through], SocketFlags.None, ending.Token);
            await EndAsync(reset: false);
        }

        // In effect when the piece came; once in the black hole, always there.
        var fault = lost ? new(FaultKind.BlackHole, flow) : proxy.Fault;
        if (fault is null || fault.Flow != flow)
        {
            await to.SendAsync(piece, SocketFlags.None, ending.Token);
            return;
        }

        proxy.Hit();
        switch (fault.Kind)
        {
            case FaultKind.Cut or FaultKind.Reset:
                await to.SendAsync(piece[..proxy.PartOf(piece.Length)], SocketFlags.None, ending.Token);
                await EndAsync(fault.Kind == FaultKind.Reset);
                break;
            case FaultKind.Delay:
                await Task.Delay(Late, TimeProvider.System, ending.Token);
                await to.SendAsync(piece, SocketFlags.None, ending.Token);
                break;
            case FaultKind.Slice:
                for (var sent = 0; sent < piece.Length; sent += SliceBytes)
                {
                    await to.SendAsync(piece.Slice(sent, Math.Min(SliceBytes, piece.Length - sent)), SocketFlags.None, ending.Token);
                }

                break;
            case FaultKind.BlackHole:
                lost = true;
                break;
            default:
                throw new InvalidOperationException($"{fault.Kind} is no fault.");
        }
    }

    private async Task EndAsync(bool reset)
    {
        if (reset)
        {
            // Closed with time zero, a socket sends RST in place of FIN.
            client.LingerState = server.LingerState = new(enable: true, 0);
        }

        await ending.CancelAsync();
        ending.Token.ThrowIfCancellationRequested();
    }
}
