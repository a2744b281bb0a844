using Microsoft.Extensions.Logging;
using Npgsql;

namespace Orders.Bus.Engine;

/// <summary>
/// The database's time, told by this machine's clock and what that is off by. Times that one process writes and another
/// compares, such as a hold's end, would otherwise be as wrong as the worse of two clocks. Thread-safe.
/// </summary>
public sealed class DatabaseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>Less is left as it is: a round trip cannot tell it from its own time.</summary>
    private static readonly TimeSpan Tolerated = TimeSpan.FromMilliseconds(250);

    private long offset;

    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <summary>What this machine's clock is off by, as far as it is known.</summary>
    internal TimeSpan Offset => TimeSpan.FromTicks(Volatile.Read(ref offset));

    public override DateTimeOffset GetUtcNow() => machine.GetUtcNow() + Offset;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Asks the database for its time, and tells from then on.</summary>
    internal async Task CorrectAsync(NpgsqlConnection connection, ILogger logger, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select bus.now()", connection);
        var (began, before) = (machine.GetTimestamp(), GetUtcNow());
        var told = new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancellationToken))!);
        var roundTrip = machine.GetElapsedTime(began);
        var wrong = Wrong(before, told, roundTrip);
        if (wrong != TimeSpan.Zero)
        {
            Volatile.Write(ref offset, (Offset + wrong).Ticks);
            logger.LogWarning("This machine's clock is {Offset} off the database's, whose time counts. Set it right", -Offset);
        }
    }

    /// <summary>Pure: how far the time before the question is from the database's, as far as its round trip lets one say.</summary>
    internal static TimeSpan Wrong(DateTimeOffset before, DateTimeOffset told, TimeSpan roundTrip)
    {
        var wrong = told - before - (roundTrip / 2);
        return wrong.Duration() > Tolerated + (roundTrip / 2) ? wrong : TimeSpan.Zero;
    }
}
