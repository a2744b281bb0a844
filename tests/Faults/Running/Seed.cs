using System.Globalization;

namespace Orders.Tests.Faults.Running;

/// <summary>
/// What a run's choices are drawn from: which process dies when, which link fails how. Given by <c>./test --faults --seed N</c>;
/// else by the clock, and printed. The same seed makes the same choices; how processes interleave is not ours to choose.
/// </summary>
internal static class Seed
{
    public const string Variable = "ORDERS_FAULT_SEED";

    public static int Choose() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
        ? int.Parse(given, NumberStyles.None, CultureInfo.InvariantCulture)
        : (int)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % 1_000_000);
}
