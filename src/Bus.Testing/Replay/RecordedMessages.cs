using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Orders.Bus.Composition;
using Orders.Bus.History;

namespace Orders.Bus.Testing.Replay;

/// <summary>Messages between their recorded form and today's types.</summary>
internal sealed class RecordedMessages(IEnumerable<MessageContract> messages)
{
    private readonly Dictionary<string, MessageContract> byName = messages.ToDictionary(contract => contract.Name, StringComparer.Ordinal);
    private readonly Dictionary<Type, MessageContract> byType = messages.ToDictionary(contract => contract.Type);

    /// <exception cref="InvalidDataException">Today's code has no such message.</exception>
    public object Read(string name, int version, JsonElement body) => !byName.TryGetValue(name, out var contract)
        ? throw new InvalidDataException($"'{name}' is no message of this version. Keep a message that is in histories, or drop the histories.")
        : version > contract.Version
            ? throw new InvalidDataException($"'{name}' has version {version}; this code reads up to {contract.Version}.")
            : version == contract.Version
                ? body.Deserialize(contract.Json)!
                : contract.Lift(version, JsonObject.Create(body)!).Deserialize(contract.Json)!;

    /// <summary>What an older version said, as the present one would have.</summary>
    public RecordedSend Lifted(RecordedSend send) => send.LiftedBy(byName.GetValueOrDefault(send.Type));

    /// <summary>A saga's step, just made, as the engine records one.</summary>
    public HistoryStep Step<TSagaData>(
        Saga<TSagaData> saga, JsonTypeInfo<TSagaData> data, int number, DateTimeOffset at, bool isTimeout,
        object message, string id, IReadOnlyDictionary<string, string> headers, IEnumerable<object> said)
        where TSagaData : class, IContainSagaData, new()
    {
        var contract = ContractOf(message);
        return new()
        {
            Saga = saga.GetType().Name,
            SagaId = saga.Data.Id,
            Step = number,
            At = at,
            Timeout = isTimeout,
            Message = new(Guid.Parse(id), contract.Name, contract.Version, headers, JsonSerializer.SerializeToElement(message, contract.Json)),
            State = JsonSerializer.SerializeToElement(saga.Data, data),
            Completed = saga.Completed,
            Sent = Sent(said),
        };
    }

    /// <summary>What a step said, in the order of its calls.</summary>
    public IReadOnlyList<RecordedSend> Sent(IEnumerable<object> said) =>
    [
        .. said.Select(one => one switch
        {
            TimeoutMessage<object> timeout => Of(SendKinds.Timeout, timeout.Message, null, timeout.Within, timeout.At),
            SentMessage<object> sent => Of(SendKinds.Send, sent.Message, sent.Options.IsRoutingToThisEndpoint() ? SendKinds.This : sent.Options.GetDestination(), sent.Options.GetDeliveryDelay(), sent.Options.GetDeliveryDate()),
            PublishedMessage<object> published => Of(SendKinds.Publish, published.Message, null, null, null),
            RepliedMessage<object> replied => Of(SendKinds.Reply, replied.Message, replied.Options.Destination, null, null),
            _ => throw new InvalidOperationException($"A {one.GetType().Name} is not compared. Compare it here."),
        }),
    ];

    private RecordedSend Of(string kind, object message, string? to, TimeSpan? delay, DateTimeOffset? at)
    {
        var contract = ContractOf(message);
        return new(kind, contract.Name, contract.Version, JsonSerializer.SerializeToElement(message, contract.Json), to, delay, at);
    }

    private MessageContract ContractOf(object message) => byType.TryGetValue(message.GetType(), out var found)
        ? found
        : throw new InvalidDataException($"{message.GetType().Name} has no wire name. Add it to the messages that are given.");
}
