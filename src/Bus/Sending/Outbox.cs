using Orders.Bus.Activities;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>Messages that wait for a commit. Not thread-safe.</summary>
/// <param name="registry">All messages.</param>
/// <param name="immediate">For what does not wait.</param>
/// <param name="hearers">Who listens; null where whatever is sent is wanted.</param>
internal sealed class Outbox(MessageRegistry registry, IMessageSession immediate, Hearers? hearers = null)
{
    public List<OutgoingMessage> Messages { get; } = [];

    public List<Forward> Forwards { get; } = [];

    /// <summary>Activities whose message is stored already.</summary>
    public List<ActivityRequest> Requests { get; } = [];

    public Task SendAsync(object message, SendOptions options, Origin origin)
    {
        if (options.ImmediateDispatch)
        {
            return immediate.Send(message, Plain(options));
        }

        var contract = registry.Of(message.GetType());
        Messages.Add(OutgoingMessage.Create(message, contract, MessageIntent.Send, Destination(contract, options, origin), origin, options));
        return Task.CompletedTask;
    }

    public async Task PublishAsync(object message, PublishOptions options, Origin origin)
    {
        var contract = registry.Of(message.GetType());
        if (contract.Owner is not null)
        {
            throw new InvalidOperationException($"{contract.Type.Name} is a command: send it. Only events are published.");
        }

        if (options.ImmediateDispatch)
        {
            await immediate.Publish(message, new PublishOptions());
        }
        else if (!contract.IsForSubscribersAlone || hearers is null || await hearers.AnyAsync(contract))
        {
            Messages.Add(OutgoingMessage.Create(message, contract, MessageIntent.Publish, null, origin, options));
        }
    }

    public Task ReplyAsync(
        object message, ReplyOptions options, string replyTo, IReadOnlyDictionary<string, string> incoming, Origin origin)
    {
        var destination = options.Destination ?? replyTo;
        if (destination.Length == 0)
        {
            throw new InvalidOperationException("There is nobody to reply to: the message came without a reply address.");
        }

        if (options.HeaderValues?.ContainsKey(Headers.CorrelationId) is not true)
        {
            options.SetHeader(Headers.CorrelationId, incoming[Headers.CorrelationId]);
        }

        var contract = registry.Of(message.GetType());
        Messages.Add(OutgoingMessage.Create(message, contract, MessageIntent.Reply, destination, origin, options));
        return Task.CompletedTask;
    }

    public void Forward(Guid message, short lane, string sender, string destination) => Forwards.Add(new(message, lane, sender, destination));

    public void Request(string endpoint, IncomingMessage incoming, object message) =>
        Requests.Add(new(endpoint, incoming.Id, message, incoming.Conversation, incoming.Trace));

    private static string Destination(MessageContract contract, SendOptions options, Origin origin)
    {
        if (options.ToThisEndpoint)
        {
            return origin.Endpoint
                ?? throw new InvalidOperationException($"{contract.Type.Name} is sent to this endpoint, but there is none here. Name a destination.");
        }

        return options.Destination ?? contract.Owner
            ?? throw new InvalidOperationException(
                $"{contract.Type.Name} has no destination: it is an event. Publish it, or send it to a named endpoint.");
    }

    private static SendOptions Plain(SendOptions options) => new()
    {
        Destination = options.Destination,
        ToThisEndpoint = options.ToThisEndpoint,
        ReplyTo = options.ReplyTo,
        Delay = options.Delay,
        NotBefore = options.NotBefore,
        HeaderValues = options.HeaderValues,
        MessageIdValue = options.MessageIdValue,
    };
}

/// <summary>A message that is stored already and goes to one more endpoint.</summary>
internal readonly record struct Forward(Guid Message, short Lane, string Sender, string Destination);
