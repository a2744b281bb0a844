namespace Orders.Bus.Engine;

/// <summary>Wakes one waiting loop. Setting it several times before the loop looks counts once. Thread-safe.</summary>
#pragma warning disable CA1001 // A SemaphoreSlim whose wait handle is never read holds nothing to dispose.
internal sealed class Signal
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private int set;

    public void Set()
    {
        if (Interlocked.Exchange(ref set, 1) == 0)
        {
            semaphore.Release();
        }
    }

    /// <summary>Sets it once the time is over.</summary>
    public void SetAfter(TimeSpan delay, TimeProvider clock) => _ = SetLaterAsync(delay, clock);

    /// <summary>Returns when set, or after the time at the latest.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (await semaphore.WaitAsync(atMost, cancellationToken))
        {
            Volatile.Write(ref set, 0);
        }
    }

    private async Task SetLaterAsync(TimeSpan delay, TimeProvider clock)
    {
        await Task.Delay(delay, clock);
        Set();
    }
}
