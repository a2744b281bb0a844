namespace Orders.Bus;

/// <summary>What to do with a message that failed. A value: the engine carries it out.</summary>
public abstract class RecoverabilityAction
{
    private protected RecoverabilityAction()
    {
    }

    public static ImmediateRetry ImmediateRetry() => new();

    public static DelayedRetry DelayedRetry(TimeSpan timeSpan) => new(timeSpan);

    public static MoveToError MoveToError(string errorQueue) => new(errorQueue);

    public static Discard Discard(string reason) => new(reason);
}

/// <summary>Handle it again at once.</summary>
public sealed class ImmediateRetry : RecoverabilityAction;

/// <summary>Handle it again after a delay; messages behind it go on.</summary>
public sealed class DelayedRetry(TimeSpan delay) : RecoverabilityAction
{
    public TimeSpan Delay => delay;
}

/// <summary>Set it aside for an operator, with the reason, the stack and every header.</summary>
public sealed class MoveToError(string errorQueue) : RecoverabilityAction
{
    public string ErrorQueue => errorQueue;
}

/// <summary>Drop it. The reason is logged.</summary>
public sealed class Discard(string reason) : RecoverabilityAction
{
    public string Reason => reason;
}
