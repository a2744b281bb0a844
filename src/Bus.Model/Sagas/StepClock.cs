namespace Orders.Bus;

/// <summary>
/// The clock of one saga step: it stands still, so that a replay sees what the step saw, and nobody can wait by it. To the
/// microsecond, as the database keeps it.
/// </summary>
internal sealed class StepClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset At { get; } = new(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => At;

    public override long GetTimestamp() => At.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new InvalidOperationException("A saga does not wait by a clock. Request a timeout.");
}
