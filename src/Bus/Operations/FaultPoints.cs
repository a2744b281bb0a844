using System.Diagnostics;
using System.Globalization;

namespace Orders.Bus.Engine;

/// <summary>
/// Where fault tests kill the process: the boundaries between the steps whose order every promise rests on. The environment
/// arms one of them, <c>Orders__FaultPoint=after-commit:3</c>: reached for the third time, the process ends as by kill -9.
/// Unarmed, as everywhere but in those tests, a point is a look at a constant.
/// </summary>
public static class FaultPoints
{
    public const string Setting = "Orders__FaultPoint";

    private static readonly string? Armed = Environment.GetEnvironmentVariable(Setting);
    private static int left = TimesOf(Armed) ?? 0;

    /// <summary>What is wrong with the setting; null where nothing is.</summary>
    public static string? Fault { get; } = TimesOf(Armed) is null
        ? $"{Setting} is '{Armed}'. Give a point and how often it is reached before the end, such as after-commit:3."
        : null;

    public static void Reach(string point)
    {
        if (Armed is not null && IsArmed(Armed, point) && Interlocked.Decrement(ref left) == 0)
        {
            // SIGKILL: nothing is flushed, closed or rolled back.
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }

    internal static bool IsArmed(string setting, string point) => setting.AsSpan(0, Math.Max(0, setting.LastIndexOf(':'))).SequenceEqual(point);

    /// <returns>Null where it does not say how often.</returns>
    internal static int? TimesOf(string? setting) => setting is null ? 0
        : int.TryParse(setting.AsSpan(setting.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times > 0 ? times
        : null;
}
