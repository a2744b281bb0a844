using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Orders.Tests.Bus.Engine;

/// <summary>Gathers what handlers saw, and lets a test wait for it.</summary>
internal sealed class Recorder<T>
{
    private readonly Channel<T> seen = Channel.CreateUnbounded<T>();

    public ConcurrentQueue<T> All { get; } = new();

    public void Add(T item)
    {
        All.Enqueue(item);
        seen.Writer.TryWrite(item);
    }

    /// <summary>Waits for so many more, 30 seconds at most.</summary>
    public async Task<List<T>> TakeAsync(int count)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var taken = new List<T>();
        while (taken.Count < count)
        {
            taken.Add(await seen.Reader.ReadAsync(limit.Token));
        }

        return taken;
    }
}
