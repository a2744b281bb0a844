using System.Text.Json;
using Orders.Bus.Composition;
using Orders.Bus.History;

namespace Orders.Bus.Engine;

/// <summary>A message on its way out: serialised already, so that a fault shows where it was sent.</summary>
internal sealed record OutgoingMessage(
    Guid Id,
    MessageContract Contract,
    object Body,
    string Json,
    string Key,
    MessageIntent Intent,
    string? Destination,
    string? Sender,
    string? ReplyTo,
    Guid Conversation,
    Guid? Cause,
    string? Trace,
    string? CustomHeaders,
    TimeSpan? Delay,
    DateTimeOffset? NotBefore,
    Guid? Saga)
{
    /// <summary>The destination as the sender named it, <c>this</c> for its own endpoint; null where it named none.</summary>
    public string? To { get; private init; }

    public short Lane => Lanes.Of(Key);

    public bool IsDelayed => Delay is not null || NotBefore is not null;

    public static OutgoingMessage Create(
        object message, MessageContract contract, MessageIntent intent, string? destination, Origin origin, ExtendableOptions options)
    {
        var send = options as SendOptions;
        var id = options.MessageIdValue is { } given ? ParsedId(given) : Guid.CreateVersion7(origin.Now);
        return new(
            id,
            contract,
            message,
            MessageSize.Checked(BodyOf(message, contract, origin.Received), contract),
            MessageSize.CheckedKey(contract.Key(message), contract),
            intent,
            destination,
            origin.Endpoint,
            send?.ReplyTo ?? (options as ReplyOptions)?.ReplyTo,
            origin.Conversation ?? id,
            origin.Cause,
            origin.Trace,
            HeaderText.Write(MessageSize.Checked(options.HeaderValues, contract)),
            send?.Delay,
            send?.NotBefore,
            options.HeaderValues?.GetValueOrDefault(Headers.SagaId) is { } saga && options.HeaderValues.ContainsKey(Headers.IsSagaTimeoutMessage)
                ? Guid.Parse(saga)
                : null)
        {
            To = send?.ToThisEndpoint is true ? SendKinds.This : send?.Destination ?? (options as ReplyOptions)?.Destination,
        };
    }

    private static string BodyOf(object message, MessageContract contract, Received? received)
    {
        var body = JsonSerializer.Serialize(message, contract.Json);
        return received is { Incoming.Body: { } original } && ReferenceEquals(received.Message, message) && received.Incoming.Version == contract.Version
            ? UnknownMembers.Carry(original, body, body)
            : body;
    }

    private static Guid ParsedId(string id) => Guid.TryParse(id, out var parsed)
        ? parsed
        : throw new ArgumentException($"'{id}' is not a message id. Give a UUID.", nameof(id));
}

/// <summary>What an outgoing message inherits from where it is sent.</summary>
internal readonly record struct Origin(string? Endpoint, Guid? Conversation, Guid? Cause, string? Trace, DateTimeOffset Now, Received? Received = null);

/// <summary>The message that is being handled: passed on as it is, it keeps what this process does not know of it.</summary>
internal sealed record Received(IncomingMessage Incoming, object Message);
