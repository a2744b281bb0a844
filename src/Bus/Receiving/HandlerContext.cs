using Orders.Bus.Storage;

namespace Orders.Bus.Engine;

/// <summary>What one message's handlers see. What they send is collected and leaves with the batch's commit.</summary>
internal sealed class HandlerContext(
    EndpointRuntime endpoint,
    Received received,
    BatchStorage storage,
    Outbox outbox,
    TimeProvider clock,
    CancellationToken cancellationToken) : IMessageHandlerContext
{
    private ContextBag? extensions;

    public CancellationToken CancellationToken => cancellationToken;

    public ContextBag Extensions => extensions ??= new();

    public string MessageId => received.Incoming.Id.ToString("D");

    public string ReplyToAddress => received.Incoming.ReplyTo ?? received.Incoming.Sender ?? "";

    public IReadOnlyDictionary<string, string> MessageHeaders => received.Incoming.Headers;

    public ISynchronizedStorageSession SynchronizedStorageSession => storage;

    public bool Stopped { get; private set; }

    private Origin Origin => new(
        endpoint.Name, received.Incoming.Conversation, received.Incoming.Id, System.Diagnostics.Activity.Current?.Id ?? received.Incoming.Trace, clock.GetUtcNow(),
        received);

    public Task Send(object message, SendOptions options) => outbox.SendAsync(message, options, Origin);

    public Task Publish(object message, PublishOptions options) => outbox.PublishAsync(message, options, Origin);

    public Task Reply(object message, ReplyOptions options) =>
        outbox.ReplyAsync(message, options, ReplyToAddress, received.Incoming.Headers, Origin);

    public Task ForwardCurrentMessageTo(string destination)
    {
        outbox.Forward(received.Incoming.Id, received.Incoming.Lane, endpoint.Name, destination);
        return Task.CompletedTask;
    }

    public void DoNotContinueDispatchingCurrentMessageToHandlers() => Stopped = true;
}
