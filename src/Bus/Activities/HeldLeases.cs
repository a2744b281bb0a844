using System.Collections.Concurrent;

namespace Orders.Bus.Activities;

/// <summary>
/// The leases that this process knows it holds, and whether there may be others. When the answer to a commit or to a take is
/// lost, rows may say that this process holds them while it does not know: they would lie until the lease is over. So it looks
/// for them once the connection's last statement has surely ended. Taking one too many is harmless: the attempt before is
/// fenced off. As large as the executor has places. Thread-safe.
/// </summary>
internal sealed class HeldLeases(TimeProvider clock)
{
    private static readonly TimeSpan Ripe = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, bool> held = new();
    private readonly Lock guard = new();
    private long? since;

    public void Add(Guid message) => held[message] = true;

    public void Remove(Guid message) => held.TryRemove(message, out _);

    /// <summary>From now on there may be leases that nobody here knows of.</summary>
    public void Doubt()
    {
        lock (guard)
        {
            since = clock.GetTimestamp();
        }
    }

    /// <returns>The doubt that is old enough to be looked into, with what is not in doubt; else null.</returns>
    public (long Since, Guid[] Held)? RipeDoubt()
    {
        lock (guard)
        {
            return since is { } began && clock.GetElapsedTime(began) >= Ripe ? (began, [.. held.Keys]) : null;
        }
    }

    /// <summary>It has been looked into; a doubt that arose meanwhile stands.</summary>
    public void Settle((long Since, Guid[] Held)? doubt)
    {
        lock (guard)
        {
            since = since == doubt?.Since ? null : since;
        }
    }
}
