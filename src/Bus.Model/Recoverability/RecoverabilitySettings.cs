namespace Orders.Bus;

/// <summary>How an endpoint retries. Read once, when the endpoint starts.</summary>
public sealed class RecoverabilitySettings
{
    private readonly HashSet<Type> unrecoverable = [];

    internal ImmediateRetriesSettings ImmediateRetries { get; } = new();

    internal DelayedRetriesSettings DelayedRetries { get; } = new();

    internal Func<RecoverabilityConfig, ErrorContext, RecoverabilityAction>? Custom { get; private set; }

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

    internal RecoverabilityConfig Build() => new(
        new(ImmediateRetries.Number),
        new(DelayedRetries.Number, DelayedRetries.Increase),
        new("error", unrecoverable));
}

public sealed class ImmediateRetriesSettings
{
    internal int Number { get; private set; } = 3;

    /// <summary>0 to 100. Default 3.</summary>
    public void NumberOfRetries(int numberOfRetries) => Number = Bounded.Retries(numberOfRetries);
}

public sealed class DelayedRetriesSettings
{
    internal int Number { get; private set; } = 3;

    internal TimeSpan Increase { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>0 to 100. Default 3.</summary>
    public DelayedRetriesSettings NumberOfRetries(int numberOfRetries)
    {
        Number = Bounded.Retries(numberOfRetries);
        return this;
    }

    /// <summary>The n-th delayed retry waits n times this. Default 5 s.</summary>
    public DelayedRetriesSettings TimeIncrease(TimeSpan timeIncrease)
    {
        Increase = timeIncrease > TimeSpan.Zero
            ? timeIncrease
            : throw new ArgumentOutOfRangeException(nameof(timeIncrease), timeIncrease, "Give a time greater than zero.");
        return this;
    }
}

/// <summary>The settings as a policy reads them.</summary>
public sealed record RecoverabilityConfig(ImmediateConfig Immediate, DelayedConfig Delayed, FailedConfig Failed);

public sealed record ImmediateConfig(int MaxNumberOfRetries);

public sealed record DelayedConfig(int MaxNumberOfRetries, TimeSpan TimeIncrease);

public sealed record FailedConfig(string ErrorQueue, IReadOnlySet<Type> UnrecoverableExceptionTypes);

internal static class Bounded
{
    public static int Retries(int number) => number is >= 0 and <= 100
        ? number
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Give a number of retries from 0 to 100.");
}
