using System.Text.Json;
using Orders.Bus.Composition;

namespace Orders.Bus.Testing.VirtualTime;

/// <summary>A message on a <see cref="VirtualBus"/>.</summary>
/// <param name="At">When it was said.</param>
/// <param name="Due">When it is delivered, at the soonest.</param>
/// <param name="From">The endpoint that said it; null for the test.</param>
/// <param name="To">The endpoint that it is for; null for all who listen.</param>
/// <param name="Type">Its wire name.</param>
/// <param name="Content">As it is read from its JSON.</param>
public sealed record VirtualMessage(
    string Id, DateTimeOffset At, DateTimeOffset Due, string? From, string? To, string Type, object Content, IReadOnlyDictionary<string, string> Headers)
{
    internal bool IsTimeout => Headers.ContainsKey(Orders.Bus.Headers.IsSagaTimeoutMessage);

    internal static VirtualMessage Of(
        object message, ExtendableOptions options, MessageContract contract, string? from, VirtualMessage? cause, DateTimeOffset now, string id)
    {
        var (to, due) = options switch
        {
            SendOptions send => (send.IsRoutingToThisEndpoint() ? from ?? contract.Owner : send.GetDestination() ?? contract.Owner,
                send.GetDeliveryDate() ?? now + send.GetDeliveryDelay().GetValueOrDefault()),
            ReplyOptions reply => (reply.Destination ?? cause?.ReplyTo, now),
            _ => (null, now),
        };
        var content = JsonSerializer.Deserialize(JsonSerializer.Serialize(message, contract.Json), contract.Json)!;
        return new(id, now, due, from, to, contract.Name, content, HeadersOf(options, from, cause, id));
    }

    private string? ReplyTo => Headers.GetValueOrDefault(Orders.Bus.Headers.ReplyToAddress) ?? From;

    private static Dictionary<string, string> HeadersOf(ExtendableOptions options, string? from, VirtualMessage? cause, string id)
    {
        var headers = new Dictionary<string, string>(options.GetHeaders(), StringComparer.Ordinal)
        {
            [Orders.Bus.Headers.MessageId] = id,
            [Orders.Bus.Headers.ConversationId] = cause?.Headers[Orders.Bus.Headers.ConversationId] ?? id,
        };
        if (cause is not null)
        {
            headers[Orders.Bus.Headers.RelatedTo] = cause.Id;
        }

        if (from is not null)
        {
            headers[Orders.Bus.Headers.OriginatingEndpoint] = from;
        }

        var replyTo = options switch { SendOptions send => send.ReplyTo, ReplyOptions reply => reply.ReplyTo, _ => null } ?? from;
        if (replyTo is not null)
        {
            headers[Orders.Bus.Headers.ReplyToAddress] = replyTo;
        }

        return headers;
    }
}

/// <summary>A message that gave up at an endpoint.</summary>
public sealed record VirtualFailure
{
    internal VirtualFailure(VirtualDelivery delivery, Exception fault, DateTimeOffset at) => (Delivery, Fault, At) = (delivery, fault, at);

    public string Endpoint => Delivery.To.Name;

    public VirtualMessage Message => Delivery.Message;

    public Exception Fault { get; }

    public DateTimeOffset At { get; }

    /// <summary>Delayed retries that were made.</summary>
    public int Retries => Delivery.Retries;

    internal VirtualDelivery Delivery { get; }
}

internal sealed record VirtualDelivery(VirtualEndpoint To, VirtualMessage Message, int Retries = 0);
