namespace Orders.Simulators.Faults;

/// <summary>The faults of one simulator at this moment. Thread-safe.</summary>
/// <param name="clock">Paces the latency.</param>
/// <param name="random">Draws which calls fail.</param>
internal sealed class FaultSwitch(TimeProvider clock, Random random)
{
    private readonly Lock guard = new();

    public FaultSettings Settings { get; set; } = new();

    /// <summary>Waits the latency. True: this call fails.</summary>
    public async ValueTask<bool> FailsAsync(CancellationToken cancellationToken)
    {
        var settings = Settings;
        if (settings.LatencyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(settings.LatencyMs), clock, cancellationToken);
        }

        return settings.Down || (settings.FailRate > 0 && Draw() < settings.FailRate);
    }

    private double Draw()
    {
        lock (guard)
        {
            return random.NextDouble();
        }
    }
}
