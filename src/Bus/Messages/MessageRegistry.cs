using System.Collections.Frozen;
using System.Text.Json;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>Every message type that this process can write or read, by CLR type and by wire name. Thread-safe.</summary>
internal sealed class MessageRegistry
{
    private readonly FrozenDictionary<Type, MessageContract> byType;
    private readonly FrozenDictionary<string, MessageContract> byName;

    public MessageRegistry(IEnumerable<MessageContract> contracts)
    {
        var all = contracts.DistinctBy(contract => contract.Type).ToList();
        foreach (var twice in all.GroupBy(contract => contract.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            throw new InvalidOperationException(
                $"Two message types share the wire name '{twice.Key}': {string.Join(", ", twice.Select(c => c.Type.Name))}. Rename one.");
        }

        all.ForEach(Upcasting.Check);
        byType = all.ToFrozenDictionary(contract => contract.Type);
        byName = all.ToFrozenDictionary(contract => contract.Name, StringComparer.Ordinal);
    }

    public IEnumerable<MessageContract> All => byType.Values;

    public IEnumerable<string> Owners => byType.Values.Select(contract => contract.Owner).OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>The wire names of the events that the endpoint handles.</summary>
    public IEnumerable<string> EventsOf(EndpointRuntime endpoint) => EventsOf(endpoint.MessageTypes);

    public IEnumerable<string> EventsOf(IEnumerable<Type> types) => types.Select(Of).Where(contract => contract.Owner is null).Select(contract => contract.Name);

    public MessageContract Of(Type type) => byType.TryGetValue(type, out var contract)
        ? contract
        : throw new InvalidOperationException(
            $"{type.Name} has no wire name. Add it to the message catalogue, or to the endpoint's Messages.");

    /// <summary>By wire name; null where this process has no such message.</summary>
    public MessageContract? Find(string name) => byName.GetValueOrDefault(name);

    /// <exception cref="UnreadableMessageException">The name or version is unknown, or the body does not have the type's shape.</exception>
    public object Read(string name, int version, string? body)
    {
        if (!byName.TryGetValue(name, out var contract))
        {
            throw new UnreadableMessageException($"No message type is registered for '{name}'. Deploy the version that knows it, then retry.");
        }

        if (version < 1 || version > contract.Version)
        {
            throw new UnreadableMessageException(
                $"'{name}' has version {version}; this process reads up to {contract.Version}. Deploy the newer version, then retry.");
        }

        if (body is null)
        {
            throw new UnreadableMessageException(
                $"The body of '{name}' is larger than {MessageSize.MaxBytes} bytes. Put what is large elsewhere and send where it is, or discard it.");
        }

        try
        {
            var message = version == contract.Version
                ? JsonSerializer.Deserialize(body, contract.Json)
                : JsonSerializer.Deserialize(Upcasting.Lift(contract, version, body), contract.Json);
            return message
                ?? throw new UnreadableMessageException($"The body of '{name}' is null. Edit it and retry, or discard it.");
        }
        catch (JsonException e)
        {
            throw new UnreadableMessageException($"The body of '{name}' version {version} is malformed: {e.Message}", e);
        }
    }
}

/// <summary>A message that no retry can make readable: it goes to the error queue at once.</summary>
public sealed class UnreadableMessageException : Exception
{
    public UnreadableMessageException(string message)
        : base(message)
    {
    }

    public UnreadableMessageException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
