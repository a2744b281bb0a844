using System.Collections.Concurrent;

namespace Orders.Bus.Engine;

/// <summary>
/// Which lanes this process tries first, so that processes with the same endpoint share the work instead of racing for it.
/// Only a preference: the lane locks decide. Thread-safe.
/// </summary>
internal sealed class LaneShares
{
    private static readonly short[] Everything = [.. Lanes.All];

    private readonly ConcurrentDictionary<string, short[]> shares = new(StringComparer.Ordinal);

    public short[] Of(string endpoint) => shares.GetValueOrDefault(endpoint, Everything);

    /// <summary>Sets the share from the ids of the living processes with that endpoint, in ascending order.</summary>
    public void Set(string endpoint, int[] processes, int self) => shares[endpoint] = Share(processes, self);

    internal static short[] Share(int[] processes, int self)
    {
        var rank = Array.IndexOf(processes, self);
        return rank < 0 || processes.Length == 1
            ? Everything
            : [.. Lanes.All.Where(lane => lane % processes.Length == rank % Lanes.Count)];
    }
}
