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
            ? RecoverabilityAction.DelayedRetry(config.Delayed.TimeIncrease * (errorContext.DelayedDeliveriesPerformed + 1))
            : RecoverabilityAction.MoveToError(config.Failed.ErrorQueue);
    }
}
