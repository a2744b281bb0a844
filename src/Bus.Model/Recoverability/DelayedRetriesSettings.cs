namespace Orders.Bus;

/// <summary>Retries after a wait that doubles each time, with jitter.</summary>
public sealed class DelayedRetriesSettings
{
    internal int Number { get; private set; } = 3;

    internal TimeSpan Increase { get; private set; } = TimeSpan.FromSeconds(5);

    internal TimeSpan Longest { get; private set; } = TimeSpan.FromMinutes(10);

    internal int Seed { get; private set; }

    /// <summary>0 to 100. Default 3.</summary>
    public DelayedRetriesSettings NumberOfRetries(int numberOfRetries)
    {
        Number = Bounded.Retries(numberOfRetries);
        return this;
    }

    /// <summary>The wait before the first delayed retry; it doubles from there. Default 5 s.</summary>
    public DelayedRetriesSettings TimeIncrease(TimeSpan timeIncrease)
    {
        Increase = Bounded.Positive(timeIncrease, nameof(timeIncrease));
        return this;
    }

    /// <summary>No wait is longer, jitter included, unless the first one is. Default 10 min. Our engine's own.</summary>
    public DelayedRetriesSettings MaxTimeIncrease(TimeSpan maxTimeIncrease)
    {
        Longest = Bounded.Positive(maxTimeIncrease, nameof(maxTimeIncrease));
        return this;
    }

    /// <summary>Another seed gives each message other jitter; the same seed, the same. Our engine's own.</summary>
    public DelayedRetriesSettings JitterSeed(int seed)
    {
        Seed = seed;
        return this;
    }
}
