using System.Text;

namespace Orders.Bus.Engine;

/// <summary>What an operator changes in a message.</summary>
/// <param name="Body">The whole body as JSON; null leaves it.</param>
/// <param name="Headers">Headers to set; those with the value null are removed; null leaves all.</param>
public sealed record MessageEdit(string? Body, IReadOnlyDictionary<string, string?>? Headers)
{
    // What follows from the message itself is not a header that is kept with it.
    private static readonly HashSet<string> Derived = new(StringComparer.Ordinal)
    {
        Bus.Headers.MessageId, Bus.Headers.ConversationId, Bus.Headers.EnclosedMessageTypes, Bus.Headers.MessageIntent, Bus.Headers.TimeSent,
        Bus.Headers.RelatedTo, Bus.Headers.OriginatingEndpoint, Bus.Headers.ReplyToAddress, Bus.Headers.TraceParent, Bus.Headers.DelayedRetries,
    };

    /// <summary>Pure: the message that is sent instead.</summary>
    /// <exception cref="MessageEditException">It cannot be read, or one of its headers is not to be set.</exception>
    internal EditedMessage Of(IncomingMessage original, MessageRegistry registry)
    {
        if (Headers?.Keys.FirstOrDefault(Derived.Contains) is { } derived)
        {
            throw new MessageEditException("/headers", $"The header {derived} follows from the message and cannot be set.");
        }

        var body = Body ?? original.Body
            ?? throw new MessageEditException("/body", "The message's own body is too large to be read. Give another one.");
        if (Encoding.UTF8.GetByteCount(body) > MessageSize.MaxBytes)
        {
            throw new MessageEditException("/body", $"The body is larger than {MessageSize.MaxBytes} bytes.");
        }

        return new(body, KeyOf(original, body, registry), HeaderText.Write(HeadersOf(original)));
    }

    private static string KeyOf(IncomingMessage original, string body, MessageRegistry registry)
    {
        try
        {
            var message = registry.Read(original.Type, original.Version, body);
            var key = registry.Of(message.GetType()).Key(message);
            return !key.Contains('\0', StringComparison.Ordinal)
                ? key
                : throw new MessageEditException("/body", "The business key holds a NUL. Leave it out.");
        }
        catch (Exception unreadable) when (unreadable is not MessageEditException)
        {
            throw new MessageEditException("/body", unreadable.Message);
        }
    }

    private Dictionary<string, string> HeadersOf(IncomingMessage original)
    {
        var headers = original.ReadableHeaders.Where(header => !Derived.Contains(header.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in Headers ?? new Dictionary<string, string?>())
        {
            headers.Remove(name);
            if (value is not null)
            {
                headers.Add(name, value);
            }
        }

        return MessageSize.Fits(headers) ? headers : throw new MessageEditException("/headers", $"The headers are too large: {MessageSize.HeaderLimits}");
    }
}

/// <summary>An edit that would make a message which nobody could handle. Nothing has been stored.</summary>
public sealed class MessageEditException(string member, string message) : Exception(message)
{
    /// <summary>The member that is at fault, as a JSON pointer.</summary>
    public string Member => member;
}
