using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orders.Bus.Composition;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;

namespace Orders.Bus.Testing.VirtualTime;

/// <summary>One saga's instances, whatever their type.</summary>
internal interface IVirtualSagas
{
    bool Hears(Type message);

    bool Owns(VirtualMessage timeout);

    /// <returns>Keeps what came of it.</returns>
    Task<Action> StepAsync(VirtualMessage message, TestableMessageHandlerContext context);
}

/// <summary>The instances of one saga on a <see cref="VirtualBus"/>, and what they did.</summary>
public sealed class VirtualSagas<TSaga, TSagaData> : IVirtualSagas
    where TSaga : Saga<TSagaData>
    where TSagaData : class, IContainSagaData, new()
{
    private readonly JsonTypeInfo<TSagaData> data;
    private readonly Func<TimeProvider, TSaga> create;
    private readonly VirtualClock clock;
    private readonly TimeSpan? keepCompleted;
    private readonly RecordedMessages messages;
    private readonly SagaMapping mapping;
    private readonly Dictionary<object, List<HistoryStep>> histories = [];

    internal VirtualSagas(IEnumerable<MessageContract> contracts, VirtualClock clock, JsonTypeInfo<TSagaData> data, Func<TimeProvider, TSaga> create, TimeSpan? keepCompleted)
    {
        (this.data, this.create, this.clock, this.keepCompleted, messages) = (data, create, clock, keepCompleted, new(contracts));
        mapping = create(clock).Mapping();
    }

    /// <summary>What the saga with this correlation value did, step by step: for asserting, for replaying, for <see cref="HistoryFile"/>.</summary>
    public IReadOnlyList<HistoryStep> History(object correlation) => histories.GetValueOrDefault(correlation) ?? [];

    /// <summary>Its data, after it ended as well; null where none was begun.</summary>
    public TSagaData? Find(object correlation) => History(correlation) is [.., var last] ? last.State.Deserialize(data) : null;

    /// <summary>True once it has ended.</summary>
    public bool HasEnded(object correlation) => History(correlation) is [.., { Completed: true }];

    bool IVirtualSagas.Hears(Type message) => mapping.Values.ContainsKey(message);

    bool IVirtualSagas.Owns(VirtualMessage timeout) => timeout.Headers.GetValueOrDefault(Headers.SagaType) == typeof(TSaga).Name;

    async Task<Action> IVirtualSagas.StepAsync(VirtualMessage message, TestableMessageHandlerContext context)
    {
        var correlation = CorrelationOf(message);
        var before = History(correlation);
        var lives = before is [.., { Completed: false }];
        if (!lives && (message.IsTimeout || Swallows(before) || !SagaInvocation.IsStartedBy(typeof(TSaga), message.Content.GetType())))
        {
            return () => { };
        }

        var (step, saidBefore) = (new StepClock(clock.Now), context.Said.Count);
        var saga = create(step);
        saga.Data = lives ? before[^1].State.Deserialize(data)! : Begin(correlation, message);
        await (message.IsTimeout ? SagaInvocation.Timeout(saga, message.Content, context) : SagaInvocation.Handle(saga, message.Content, context));
        if (!Equals(mapping.Property.GetValue(saga.Data), correlation))
        {
            throw new InvalidOperationException($"{typeof(TSaga).Name} changed {mapping.Property.Name}. A saga never changes what it is found by.");
        }

        var taken = messages.Step(saga, data, before.Count + 1, step.At, message.IsTimeout, message.Content, message.Id, message.Headers, context.Said.Skip(saidBefore));
        return () => histories[correlation] = [.. before, taken];
    }

    /// <summary>As in the engine: an ended saga swallows what is late for as long as it is kept; after that another one begins.</summary>
    private bool Swallows(IReadOnlyList<HistoryStep> history) => history is [.., { Completed: true } end] && clock.Now < end.At + keepCompleted;

    private TSagaData Begin(object correlation, VirtualMessage message)
    {
        var begun = new TSagaData
        {
            Id = History(correlation) is [var first, ..] ? first.SagaId : Guid.ParseExact((histories.Count + 1).ToString("x32", CultureInfo.InvariantCulture), "N"),
            Originator = message.Headers.GetValueOrDefault(Headers.ReplyToAddress),
            OriginalMessageId = message.Id,
        };
        mapping.Property.SetValue(begun, correlation);
        return begun;
    }

    private object CorrelationOf(VirtualMessage message) => message.IsTimeout
        ? histories.First(history => history.Value[0].SagaId.ToString() == message.Headers[Headers.SagaId]).Key
        : mapping.ValueOf(message.Content, message.Headers);
}
