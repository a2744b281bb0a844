using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Orders.Tests.Faults.Network;

/// <summary>A TCP proxy on a free loopback port, for one link. It is honest until told otherwise.</summary>
internal sealed class FaultyProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, Task> connections = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<ICommitCutter?> cutter;
    private readonly Random random;
    private readonly int target;
    private readonly Task accepting;
    private int hits;

    /// <param name="target">The server's port on this machine.</param>
    /// <param name="seed">What decides where a connection is cut.</param>
    /// <param name="cutter">Makes what looks into a new connection for commits; none, if the link speaks something else.</param>
    public FaultyProxy(int target, int seed, Func<ICommitCutter?>? cutter = null)
    {
        (this.target, this.cutter, random) = (target, cutter ?? (() => null), new(seed));
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>In effect at once, for connections that are open, too. Null: honest again; what fell into a black hole stays there.</summary>
    public Fault? Fault { get; set; }

    /// <summary>How many connections, or pieces of delayed and sliced ones, a fault has struck.</summary>
    public int Hits => hits;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(connections.Values);
        stopping.Dispose();
    }

    internal void Hit() => Interlocked.Increment(ref hits);

    /// <summary>How much of a piece still gets through.</summary>
    internal int PartOf(int length)
    {
        lock (random)
        {
            return random.Next(length);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stopping.Token);
                var connection = new ProxiedConnection(this, client, cutter(), stopping.Token);
                connections[connection] = RunAsync(connection);
            }
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or SocketException)
        {
            // Disposed.
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        using (connection)
        {
            await connection.RunAsync(target);
            connections.TryRemove(connection, out _);
        }
    }
}
