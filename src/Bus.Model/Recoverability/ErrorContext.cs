namespace Orders.Bus;

/// <summary>A failed attempt at handling a message.</summary>
public sealed class ErrorContext(
    Exception exception,
    IReadOnlyDictionary<string, string> headers,
    string messageId,
    int immediateProcessingFailures,
    int delayedDeliveriesPerformed)
{
    public Exception Exception => exception;

    public IReadOnlyDictionary<string, string> Headers => headers;

    public string MessageId => messageId;

    /// <summary>Failures since the message was last taken from the queue, this one included: 1 or more.</summary>
    public int ImmediateProcessingFailures => immediateProcessingFailures;

    /// <summary>Delayed retries that already happened: 0 or more.</summary>
    public int DelayedDeliveriesPerformed => delayedDeliveriesPerformed;
}
