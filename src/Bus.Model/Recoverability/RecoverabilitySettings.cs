namespace Orders.Bus;

/// <summary>How an endpoint retries. Read once, when the endpoint starts.</summary>
public sealed class RecoverabilitySettings
{
    private readonly HashSet<Type> unrecoverable = [];

    internal ImmediateRetriesSettings ImmediateRetries { get; } = new();

    internal DelayedRetriesSettings DelayedRetries { get; } = new();

    internal Func<RecoverabilityConfig, ErrorContext, RecoverabilityAction>? Custom { get; private set; }

    /// <summary>Attempts that fail in a row before <see cref="RateLimit"/> begins; far more than a few poison messages cause.</summary>
    internal int ConsecutiveFailures { get; private set; } = 50;

    internal RateLimitSettings RateLimit { get; private set; } = new();

    public RecoverabilitySettings Immediate(Action<ImmediateRetriesSettings> customizations)
    {
        customizations(ImmediateRetries);
        return this;
    }

    public RecoverabilitySettings Delayed(Action<DelayedRetriesSettings> customizations)
    {
        customizations(DelayedRetries);
        return this;
    }

    /// <summary>Messages that fail with this exception, or one derived from it, go to the error queue without a retry.</summary>
    public RecoverabilitySettings AddUnrecoverableException<T>()
        where T : Exception
    {
        unrecoverable.Add(typeof(T));
        return this;
    }

    public RecoverabilitySettings CustomPolicy(Func<RecoverabilityConfig, ErrorContext, RecoverabilityAction> custom)
    {
        Custom = custom;
        return this;
    }

    /// <summary>Slows the endpoint down after so many failed attempts without a success between them, until the next success. Default 50.</summary>
    public RecoverabilitySettings OnConsecutiveFailures(int numberOfConsecutiveFailures, RateLimitSettings settings)
    {
        ConsecutiveFailures = numberOfConsecutiveFailures > 0
            ? numberOfConsecutiveFailures
            : throw new ArgumentOutOfRangeException(nameof(numberOfConsecutiveFailures), numberOfConsecutiveFailures, "Give a number of failures of 1 or more.");
        RateLimit = settings;
        return this;
    }

    internal RecoverabilityConfig Build() => new(
        new(ImmediateRetries.Number),
        new(DelayedRetries.Number, DelayedRetries.Increase, DelayedRetries.Longest, DelayedRetries.Seed),
        new("error", unrecoverable));
}

public sealed class ImmediateRetriesSettings
{
    internal int Number { get; private set; } = 3;

    /// <summary>0 to 100. Default 3.</summary>
    public void NumberOfRetries(int numberOfRetries) => Number = Bounded.Retries(numberOfRetries);
}

/// <summary>The settings as a policy reads them.</summary>
public sealed record RecoverabilityConfig(ImmediateConfig Immediate, DelayedConfig Delayed, FailedConfig Failed);

public sealed record ImmediateConfig(int MaxNumberOfRetries);

public sealed record DelayedConfig(int MaxNumberOfRetries, TimeSpan TimeIncrease, TimeSpan MaxTimeIncrease, int JitterSeed);

public sealed record FailedConfig(string ErrorQueue, IReadOnlySet<Type> UnrecoverableExceptionTypes);

internal static class Bounded
{
    public static int Retries(int number) => number is >= 0 and <= 100
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Give a number of retries from 0 to 100.");

    public static TimeSpan Positive(TimeSpan time, string name) => time > TimeSpan.Zero
        ? time
        : throw new ArgumentOutOfRangeException(name, time, "Give a time greater than zero.");
}
