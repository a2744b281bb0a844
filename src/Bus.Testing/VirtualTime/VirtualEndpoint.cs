using System.Text.Json.Serialization.Metadata;

namespace Orders.Bus.Testing.VirtualTime;

/// <summary>One endpoint of a <see cref="VirtualBus"/>.</summary>
public sealed class VirtualEndpoint
{
    private readonly VirtualClock clock;
    private readonly VirtualBus bus;
    private readonly List<IVirtualSagas> sagas = [];
    private readonly List<(Type Type, Func<object, IMessageHandlerContext, Task> Handle)> handlers = [];
    private readonly RecoverabilitySettings recoverability = new();

    internal VirtualEndpoint(string name, VirtualClock clock, VirtualBus bus) => (Name, this.clock, this.bus) = (name, clock, bus);

    public string Name { get; }

    /// <summary>How it retries; the engine's defaults where nothing is set.</summary>
    public RecoverabilitySettings Recoverability() => recoverability;

    /// <summary>Runs a saga here; its data is kept as JSON between its steps.</summary>
    /// <param name="data">The JSON shape of its data.</param>
    /// <param name="create">Makes the saga for each message, on a clock that stands still while it runs.</param>
    /// <param name="keepCompleted">How long an ended one still swallows messages; null forgets it at once.</param>
    /// <returns>Its instances, to look into.</returns>
    public VirtualSagas<TSaga, TSagaData> Saga<TSaga, TSagaData>(JsonTypeInfo<TSagaData> data, Func<TimeProvider, TSaga> create, TimeSpan? keepCompleted = null)
        where TSaga : Saga<TSagaData>
        where TSagaData : class, IContainSagaData, new()
    {
        var saga = new VirtualSagas<TSaga, TSagaData>(bus.Contracts, clock, data, create, keepCompleted);
        sagas.Add(saga);
        return saga;
    }

    /// <summary>Handles messages of the type; several handlers run in the order in which they were given.</summary>
    public VirtualEndpoint Handle<TMessage>(Func<TMessage, IMessageHandlerContext, Task> handle)
        where TMessage : class => Handle(typeof(TMessage), (message, context) => handle((TMessage)message, context));

    /// <inheritdoc cref="Handle{TMessage}(Func{TMessage, IMessageHandlerContext, Task})"/>
    public VirtualEndpoint Handle(Type message, Func<object, IMessageHandlerContext, Task> handle)
    {
        handlers.Add((message, handle));
        return this;
    }

    /// <inheritdoc cref="Handle{TMessage}(Func{TMessage, IMessageHandlerContext, Task})"/>
    public VirtualEndpoint Handle<TMessage>(Func<IHandleMessages<TMessage>> create)
        where TMessage : class => Handle<TMessage>((message, context) => create().Handle(message, context));

    internal bool Hears(Type message) => sagas.Exists(saga => saga.Hears(message)) || handlers.Exists(handler => handler.Type == message);

    internal RecoverabilityAction Decide(ErrorContext failure) =>
        (recoverability.Custom ?? DefaultRecoverabilityPolicy.Invoke)(recoverability.Build(), failure);

    /// <summary>All or nothing: what was said leaves, and sagas are kept, once every handler is through.</summary>
    /// <returns>Why it failed, or null.</returns>
    internal async Task<Exception?> TryAsync(VirtualMessage message)
    {
        var context = new TestableMessageHandlerContext
        {
            MessageId = message.Id,
            MessageHeaders = new Dictionary<string, string>(message.Headers, StringComparer.Ordinal),
            ReplyToAddress = message.Headers.GetValueOrDefault(Headers.ReplyToAddress) ?? "",
        };
        try
        {
            var keep = await HandleAsync(message, context);
            keep.ForEach(store => store());
        }
        catch (Exception fault)
        {
            return fault;
        }

        context.Said.ToList().ForEach(said => Say(said, message));
        context.ForwardedMessages.ToList().ForEach(destination => bus.Forward(message, destination));
        return null;
    }

    private async Task<List<Action>> HandleAsync(VirtualMessage message, TestableMessageHandlerContext context)
    {
        var type = message.Content.GetType();
        if (!message.IsTimeout && !Hears(type))
        {
            throw new NotHandledException($"Endpoint '{Name}' has no handler for '{message.Type}'. Give it one, or send the message elsewhere.");
        }

        var keep = new List<Action>();
        foreach (var saga in sagas.Where(saga => message.IsTimeout ? saga.Owns(message) : saga.Hears(type)))
        {
            if (!context.DoNotContinueDispatchingCurrentMessageToHandlersWasCalled)
            {
                keep.Add(await saga.StepAsync(message, context));
            }
        }

        foreach (var (_, handle) in handlers.Where(handler => !message.IsTimeout && handler.Type == type))
        {
            if (!context.DoNotContinueDispatchingCurrentMessageToHandlersWasCalled)
            {
                await handle(message.Content, context);
            }
        }

        return keep;
    }

    private void Say(object said, VirtualMessage cause)
    {
        switch (said)
        {
            case OutgoingMessage<object, SendOptions> sent:
                bus.Say(sent.Message, sent.Options, this, cause);
                break;
            case OutgoingMessage<object, PublishOptions> published:
                bus.Say(published.Message, published.Options, this, cause);
                break;
            case OutgoingMessage<object, ReplyOptions> replied:
                bus.Say(replied.Message, replied.Options, this, cause);
                break;
            default:
                throw new InvalidOperationException($"A {said.GetType().Name} has no way out. Give it one here.");
        }
    }
}

/// <summary>No attempt helps: the message goes to the error queue at once, as in the engine.</summary>
internal sealed class NotHandledException(string message) : InvalidOperationException(message);
