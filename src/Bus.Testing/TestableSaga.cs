namespace Orders.Bus.Testing;

/// <summary>
/// Runs a saga in memory: finds it by its mapping, stores its data after every message, and delivers its timeouts when the
/// test lets time pass. Not thread-safe.
/// </summary>
/// <param name="sagaFactory">Makes the saga for each message; needed where its constructor takes anything.</param>
/// <param name="initialCurrentTime">Where time starts; default 1 January 2000, UTC.</param>
public class TestableSaga<TSaga, TSagaData>(Func<TSaga>? sagaFactory = null, DateTimeOffset? initialCurrentTime = null)
    where TSaga : Saga<TSagaData>
    where TSagaData : class, IContainSagaData, new()
{
    private readonly Func<TSaga> create = sagaFactory ?? Activator.CreateInstance<TSaga>;
    private readonly List<TSagaData> stored = [];
    private readonly PriorityQueue<PendingTimeout, (DateTimeOffset Due, long Order)> timeouts = new();
    private SagaMapping? mapping;
    private long asked;

    public DateTimeOffset CurrentTime { get; private set; } = initialCurrentTime ?? new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private SagaMapping Mapping => mapping ??= create().Mapping();

    /// <summary>Handles one message.</summary>
    /// <exception cref="InvalidOperationException">The message finds no saga and starts none.</exception>
    public async Task<HandleResult<TSagaData>> Handle<TMessage>(
        TMessage message,
        TestableMessageHandlerContext? context = null,
        IReadOnlyDictionary<string, string>? messageHeaders = null)
        where TMessage : class
    {
        context ??= new();
        foreach (var (name, value) in messageHeaders ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            context.MessageHeaders[name] = value;
        }

        var key = Correlation(message, context.MessageHeaders.AsReadOnly());
        var data = stored.Find(saga => Equals(Mapping.Property.GetValue(saga), key)) ?? Start(message, key, context);
        return await Run(data, message, context, SagaInvocation.Handle);
    }

    /// <summary>Lets time pass. Timeouts that fall due are handled in the order of their time, each at its own time.</summary>
    public async Task<HandleResult<TSagaData>[]> AdvanceTime(
        TimeSpan timeToAdvance, Func<OutgoingMessage<object, SendOptions>, TestableMessageHandlerContext>? provideContext = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(timeToAdvance, TimeSpan.Zero);
        var until = CurrentTime + timeToAdvance;
        var results = new List<HandleResult<TSagaData>>();
        while (timeouts.TryPeek(out _, out var next) && next.Due <= until)
        {
            var timeout = timeouts.Dequeue();
            CurrentTime = next.Due > CurrentTime ? next.Due : CurrentTime;
            if (stored.Find(saga => saga.Id == timeout.SagaId) is { } data)
            {
                var context = provideContext?.Invoke(timeout.Message) ?? new();
                results.Add(await Run(data, timeout.Message.Message, context, SagaInvocation.Timeout));
            }
        }

        CurrentTime = until;
        return [.. results];
    }

    private object Correlation(object message, IReadOnlyDictionary<string, string> headers) =>
        (Mapping.Values.TryGetValue(message.GetType(), out var read)
            ? read(message, headers)
            : throw new InvalidOperationException($"{typeof(TSaga).Name} does not map {message.GetType().Name}. Chain ToMessage for it."))
        ?? throw new InvalidOperationException($"{message.GetType().Name} holds no value to find {typeof(TSaga).Name} by. Set it.");

    private TSagaData Start(object message, object key, TestableMessageHandlerContext context)
    {
        if (!SagaInvocation.IsStartedBy(typeof(TSaga), message.GetType()))
        {
            throw new InvalidOperationException(
                $"No {typeof(TSaga).Name} with {Mapping.Property.Name} {key} is stored and {message.GetType().Name} starts none. Start it first.");
        }

        var data = new TSagaData
        {
            Id = Guid.CreateVersion7(CurrentTime), Originator = context.ReplyToAddress, OriginalMessageId = context.MessageId,
        };
        Mapping.Property.SetValue(data, key);
        return data;
    }

    private async Task<HandleResult<TSagaData>> Run(
        TSagaData data, object message, TestableMessageHandlerContext context, Func<object, object, IMessageHandlerContext, Task> invoke)
    {
        var saga = create();
        saga.Data = SagaDataCopy.Of(data);
        await invoke(saga, message, context);
        if (!Equals(Mapping.Property.GetValue(saga.Data), Mapping.Property.GetValue(data)))
        {
            throw new InvalidOperationException($"{typeof(TSaga).Name} changed {Mapping.Property.Name}. A saga never changes what it is found by.");
        }

        Store(saga);
        foreach (var timeout in context.TimeoutMessages)
        {
            var due = timeout.At ?? CurrentTime + timeout.Within.GetValueOrDefault();
            timeouts.Enqueue(new(saga.Data.Id, timeout), (due, asked++));
        }

        return new(saga.Data.Id, saga.Completed, message, SagaDataCopy.Of(saga.Data), context);
    }

    private void Store(TSaga saga)
    {
        stored.RemoveAll(data => data.Id == saga.Data.Id);
        if (!saga.Completed)
        {
            stored.Add(saga.Data);
        }
    }

    private sealed record PendingTimeout(Guid SagaId, TimeoutMessage<object> Message);
}
