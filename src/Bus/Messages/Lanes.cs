namespace Orders.Bus.Engine;

/// <summary>Splits an endpoint's deliveries by business key, so that one key's messages stay in order and apart.</summary>
internal static class Lanes
{
    /// <summary>Fixed for the life of a database: deliveries are stored under their lane.</summary>
    public const short Count = 8;

    public static IReadOnlyList<short> All { get; } = [.. Enumerable.Range(0, Count).Select(lane => (short)lane)];

    /// <summary>0 to <see cref="Count"/> − 1: FNV-1a over the key's UTF-16 units, the same in every process.</summary>
    public static short Of(string key)
    {
        var hash = 2166136261u;
        foreach (var unit in key)
        {
            hash = unchecked((hash ^ unit) * 16777619u);
        }

        // The low bits of FNV-1a are its weakest.
        return (short)((hash ^ (hash >> 15)) % Count);
    }
}
