using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Orders.Bus.Composition;

/// <summary>
/// How a message type travels: its stable wire name and version, its JSON shape, the endpoint that owns it (for commands),
/// and the business key by which its deliveries are kept in order.
/// </summary>
public sealed record MessageContract
{
    private MessageContract(Type type, string name, int version, string? owner, JsonTypeInfo json, Func<object, string> key) =>
        (Type, Name, Version, Owner, Json, Key) = (type, name, version, owner, json, key);

    public Type Type { get; }

    /// <summary>Lower case, owner first: <c>payments.capture-payment</c>. Never changes once released.</summary>
    public string Name { get; }

    /// <summary>1 or more; raised when the shape changes in a way that older readers cannot take.</summary>
    public int Version { get; }

    /// <summary>The endpoint that handles it; null for an event.</summary>
    public string? Owner { get; }

    public JsonTypeInfo Json { get; }

    /// <summary>Reads the business key, the order id as a rule.</summary>
    public Func<object, string> Key { get; }

    /// <summary>By the version that each takes; the next one is what it gives.</summary>
    internal ImmutableDictionary<int, Func<JsonObject, JsonObject>> Upcasters { get; private init; } = ImmutableDictionary<int, Func<JsonObject, JsonObject>>.Empty;

    /// <summary>Nothing is written of it while nobody subscribes to it.</summary>
    internal bool IsForSubscribersAlone { get; private init; }

    /// <summary>
    /// News for whoever listens, and no fact of the sender's: while nobody subscribes to the event it is not even recorded. For
    /// what is said often and wanted seldom.
    /// </summary>
    public MessageContract ForSubscribersAlone() => Owner is null
        ? this with { IsForSubscribersAlone = true }
        : throw new InvalidOperationException($"'{Name}' is a command: it goes to its owner, who subscribes to nothing. Only events are for subscribers.");

    /// <summary>
    /// Lifts a body of an older version to the next one, so that this process reads what older ones sent, and what waited
    /// meanwhile. Every version before the present one needs one.
    /// </summary>
    /// <param name="version">The version that it takes: 1 up to the one before <see cref="Version"/>.</param>
    /// <param name="upcast">Pure. May change and return what it is given.</param>
    public MessageContract UpcastFrom(int version, Func<JsonObject, JsonObject> upcast) =>
        version >= 1 && version < Version && !Upcasters.ContainsKey(version)
            ? this with { Upcasters = Upcasters.Add(version, upcast) }
            : throw new ArgumentOutOfRangeException(
                nameof(version), version, $"'{Name}' takes one upcaster for each version before {Version}, and none for others.");

    /// <summary>A body of an older version, which may be changed, as the present version has it.</summary>
    internal JsonObject Lift(int version, JsonObject body)
    {
        for (var step = version; step < Version; step++)
        {
            body = Upcasters[step](body);
        }

        return body;
    }

    public static MessageContract Event<T>(string name, int version, JsonTypeInfo<T> json, Func<T, string> key)
        where T : IEvent => new(typeof(T), name, version, null, json, message => key((T)message));

    public static MessageContract Command<T>(string name, int version, string owner, JsonTypeInfo<T> json, Func<T, string> key)
        where T : notnull => new(typeof(T), name, version, owner, json, message => key((T)message));

    /// <summary>A message that only its own endpoint sends and handles: a timeout, an activity's request or outcome.</summary>
    public static MessageContract Private<T>(string name, int version, string endpoint, JsonTypeInfo<T> json, Func<T, string> key)
        where T : notnull => Command(name, version, endpoint, json, key);
}
