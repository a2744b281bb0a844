namespace Orders.Bus;

/// <summary>What can be sent while the pipeline runs. Every call must be awaited; nothing leaves before the commit.</summary>
public interface IPipelineContext
{
    CancellationToken CancellationToken { get; }

    ContextBag Extensions { get; }

    Task Send(object message, SendOptions options);

    Task Publish(object message, PublishOptions options);
}

/// <summary>What is known of the message being processed.</summary>
public interface IMessageProcessingContext : IPipelineContext
{
    string MessageId { get; }

    string ReplyToAddress { get; }

    IReadOnlyDictionary<string, string> MessageHeaders { get; }

    Task Reply(object message, ReplyOptions options);

    Task ForwardCurrentMessageTo(string destination);
}

/// <summary>What a handler works with. Not thread-safe: one handler uses it at a time.</summary>
public interface IMessageHandlerContext : IMessageProcessingContext
{
    ISynchronizedStorageSession SynchronizedStorageSession { get; }

    /// <summary>Handlers of this message that have not run yet are skipped; what has been done still commits.</summary>
    void DoNotContinueDispatchingCurrentMessageToHandlers();
}

/// <summary>The storage that commits together with the message's handling.</summary>
public interface ISynchronizedStorageSession;
