using System.Globalization;

namespace Orders.Hosting;

/// <summary>
/// The clock of a machine that is set wrong, for fault tests: <c>Orders__ClockOffset=-01:00:00</c> makes it an hour late. Time
/// passes as fast as ever.
/// </summary>
internal sealed class ShiftedClock(TimeSpan offset) : TimeProvider
{
    public const string Setting = "Orders__ClockOffset";

    /// <summary>The system's own clock unless the environment says otherwise.</summary>
    /// <exception cref="StartupException">It says no time.</exception>
    public static TimeProvider FromEnvironment() => Environment.GetEnvironmentVariable(Setting) is not { } text
        ? System
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var offset)
            ? new ShiftedClock(offset)
            : throw new StartupException($"{Setting} is '{text}'. Give a time such as -01:00:00, or leave it out.");

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
