namespace Orders.Bus.Testing;

/// <summary>Records what a handler says. What it sends goes nowhere. Not thread-safe, as the real one.</summary>
public class TestableMessageHandlerContext : IMessageHandlerContext
{
    private readonly List<SentMessage<object>> sent = [];
    private readonly List<PublishedMessage<object>> published = [];
    private readonly List<RepliedMessage<object>> replied = [];
    private readonly List<string> forwarded = [];
    private readonly List<object> said = [];

    /// <summary>Everything sent, timeouts too, in order.</summary>
    public IReadOnlyList<SentMessage<object>> SentMessages => sent;

    public IReadOnlyList<PublishedMessage<object>> PublishedMessages => published;

    public IReadOnlyList<RepliedMessage<object>> RepliedMessages => replied;

    public IReadOnlyList<TimeoutMessage<object>> TimeoutMessages => [.. sent.OfType<TimeoutMessage<object>>()];

    /// <summary>All of these, in the order of the calls.</summary>
    internal IReadOnlyList<object> Said => said;

    /// <summary>The destinations that the current message was forwarded to.</summary>
    public IReadOnlyList<string> ForwardedMessages => forwarded;

    /// <summary>True once the handler asked that no further handler sees the message.</summary>
    public bool DoNotContinueDispatchingCurrentMessageToHandlersWasCalled { get; private set; }

    public string MessageId { get; set; } = Guid.CreateVersion7(DateTimeOffset.UnixEpoch).ToString();

    public string ReplyToAddress { get; set; } = "reply address";

    public IDictionary<string, string> MessageHeaders { get; set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public ISynchronizedStorageSession SynchronizedStorageSession { get; set; } = new NoStorage();

    public CancellationToken CancellationToken { get; set; }

    public ContextBag Extensions { get; set; } = new();

    IReadOnlyDictionary<string, string> IMessageProcessingContext.MessageHeaders => MessageHeaders.AsReadOnly();

    public virtual Task Send(object message, SendOptions options)
    {
        var isTimeout = options.GetHeaders().ContainsKey(Headers.IsSagaTimeoutMessage);
        sent.Add(isTimeout ? new TimeoutMessage<object>(message, options) : new SentMessage<object>(message, options));
        said.Add(sent[^1]);
        return Task.CompletedTask;
    }

    public virtual Task Publish(object message, PublishOptions options)
    {
        published.Add(new(message, options));
        said.Add(published[^1]);
        return Task.CompletedTask;
    }

    public virtual Task Reply(object message, ReplyOptions options)
    {
        replied.Add(new(message, options));
        said.Add(replied[^1]);
        return Task.CompletedTask;
    }

    public virtual Task ForwardCurrentMessageTo(string destination)
    {
        forwarded.Add(destination);
        return Task.CompletedTask;
    }

    public virtual void DoNotContinueDispatchingCurrentMessageToHandlers() =>
        DoNotContinueDispatchingCurrentMessageToHandlersWasCalled = true;

    private sealed class NoStorage : ISynchronizedStorageSession;
}
