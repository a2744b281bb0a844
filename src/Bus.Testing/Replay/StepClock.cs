namespace Orders.Bus.Testing.Replay;

/// <summary>The clock of one step: it stands still, and nobody can wait by it.</summary>
internal sealed class StepClock(DateTimeOffset at) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => at;

    public override long GetTimestamp() => at.Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        throw new InvalidOperationException("A saga does not wait by a clock. Request a timeout.");
}
