namespace Orders.Bus.Testing;

/// <summary>What one message did to one saga.</summary>
public class HandleResult
{
    internal HandleResult(Guid sagaId, bool completed, object handledMessage, object snapshot, TestableMessageHandlerContext context) =>
        (SagaId, Completed, HandledMessage, SagaData, Context) = (sagaId, completed, handledMessage, snapshot, context);

    public Guid SagaId { get; }

    /// <summary>True if the saga ended with this message.</summary>
    public bool Completed { get; }

    public object HandledMessage { get; }

    public TestableMessageHandlerContext Context { get; }

    internal object SagaData { get; }

    /// <summary>The first sent message of the type, or null.</summary>
    public TMessage? FindSentMessage<TMessage>()
        where TMessage : class => Context.SentMessages.Select(sent => sent.Message).OfType<TMessage>().FirstOrDefault();

    /// <summary>The first published message of the type, or null.</summary>
    public TMessage? FindPublishedMessage<TMessage>()
        where TMessage : class => Context.PublishedMessages.Select(published => published.Message).OfType<TMessage>().FirstOrDefault();

    /// <summary>The first reply of the type, or null.</summary>
    public TMessage? FindReplyMessage<TMessage>()
        where TMessage : class => Context.RepliedMessages.Select(replied => replied.Message).OfType<TMessage>().FirstOrDefault();

    /// <summary>The first timeout of the type that was asked for, or null.</summary>
    public TMessage? FindTimeoutMessage<TMessage>()
        where TMessage : class => Context.TimeoutMessages.Select(timeout => timeout.Message).OfType<TMessage>().FirstOrDefault();
}

/// <inheritdoc/>
public sealed class HandleResult<TSagaData> : HandleResult
    where TSagaData : class, IContainSagaData, new()
{
    internal HandleResult(Guid sagaId, bool completed, object handled, TSagaData snapshot, TestableMessageHandlerContext context)
        : base(sagaId, completed, handled, snapshot, context)
    {
    }

    /// <summary>A copy of the saga's data as it was stored after the message.</summary>
    public TSagaData SagaDataSnapshot => (TSagaData)SagaData;
}
