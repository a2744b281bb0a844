namespace Orders.Bus.Testing;

/// <summary>A message that was handed to the context, with the options that it went with.</summary>
public class OutgoingMessage<TMessage, TOptions>(TMessage message, TOptions options)
    where TOptions : ExtendableOptions
{
    public TMessage Message => message;

    public TOptions Options => options;
}

public class SentMessage<TMessage>(TMessage message, SendOptions options) : OutgoingMessage<TMessage, SendOptions>(message, options);

public class PublishedMessage<TMessage>(TMessage message, PublishOptions options)
    : OutgoingMessage<TMessage, PublishOptions>(message, options);

public class RepliedMessage<TMessage>(TMessage message, ReplyOptions options)
    : OutgoingMessage<TMessage, ReplyOptions>(message, options);

/// <summary>A timeout that a saga asked for: due at a time, or within a span from when it was asked for.</summary>
public class TimeoutMessage<TMessage>(TMessage message, SendOptions options) : SentMessage<TMessage>(message, options)
{
    public DateTimeOffset? At => Options.GetDeliveryDate();

    public TimeSpan? Within => Options.GetDeliveryDelay();
}

/// <summary>Reads what was sent as the type it was sent as.</summary>
public static class OutgoingMessageExtensions
{
    /// <returns>Null where the message is of another type.</returns>
    public static TMessage? Message<TMessage>(this OutgoingMessage<object, SendOptions> outgoing)
        where TMessage : class => outgoing.Message as TMessage;

    /// <inheritdoc cref="Message{TMessage}(OutgoingMessage{object, SendOptions})"/>
    public static TMessage? Message<TMessage>(this OutgoingMessage<object, PublishOptions> outgoing)
        where TMessage : class => outgoing.Message as TMessage;

    /// <inheritdoc cref="Message{TMessage}(OutgoingMessage{object, SendOptions})"/>
    public static TMessage? Message<TMessage>(this OutgoingMessage<object, ReplyOptions> outgoing)
        where TMessage : class => outgoing.Message as TMessage;
}
