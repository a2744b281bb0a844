namespace Orders.Bus.Engine;

/// <summary>
/// Keeps the batches at work near the number of cores: more of them at a time take turns on the cores, hold their locks for
/// longer, and keep what cannot wait, such as a confirm, from its turn. A courtesy, not a lock: who has waited for
/// <see cref="LongestWait"/> goes in all the same, so that no endpoint depends on another. Thread-safe.
/// </summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle is never read holds nothing to dispose.
internal sealed class BatchGate(int places)
#pragma warning restore CA1001
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim free = new(places);

    public BatchGate()
        : this(Environment.ProcessorCount + 1)
    {
    }

    /// <returns>Dispose it when the batch is over.</returns>
    public async Task<Pass> EnterAsync(CancellationToken cancellationToken) =>
        new(await free.WaitAsync(LongestWait, cancellationToken) ? free : null);

    /// <summary>A place, or the lack of one.</summary>
    internal readonly struct Pass(SemaphoreSlim? place) : IDisposable
    {
        public bool HasPlace => place is not null;

        public void Dispose() => place?.Release();
    }
}
