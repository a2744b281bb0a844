using System.Security.Cryptography;
using System.Text;

namespace Orders.Bus;

/// <summary>Immediate retries first, then delayed ones, then the error queue. Pure: it returns what to do.</summary>
public static class DefaultRecoverabilityPolicy
{
    public static RecoverabilityAction Invoke(RecoverabilityConfig config, ErrorContext errorContext)
    {
        if (config.Failed.UnrecoverableExceptionTypes.Any(type => type.IsInstanceOfType(errorContext.Exception)))
        {
            return RecoverabilityAction.MoveToError(config.Failed.ErrorQueue);
        }

        if (errorContext.ImmediateProcessingFailures <= config.Immediate.MaxNumberOfRetries)
        {
            return RecoverabilityAction.ImmediateRetry();
        }

        return errorContext.DelayedDeliveriesPerformed < config.Delayed.MaxNumberOfRetries
            ? RecoverabilityAction.DelayedRetry(Delay(config.Delayed, errorContext))
            : RecoverabilityAction.MoveToError(config.Failed.ErrorQueue);
    }

    private static TimeSpan Delay(DelayedConfig config, ErrorContext failure) => ExponentialBackoff.Wait(
        config.TimeIncrease, config.MaxTimeIncrease, failure.DelayedDeliveriesPerformed + 1, Jitter(config.JitterSeed, failure));

    // Jitter has to differ between messages, not between runs: a hash of the message's id does, and keeps the policy pure.
    private static double Jitter(int seed, ErrorContext failure)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{seed} {failure.MessageId} {failure.DelayedDeliveriesPerformed}"), digest);
        return BitConverter.ToUInt32(digest) / (uint.MaxValue + 1.0);
    }
}
