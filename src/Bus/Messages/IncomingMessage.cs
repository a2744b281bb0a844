using System.Globalization;

namespace Orders.Bus.Engine;

/// <summary>One delivery with the message that it points at; its body is null where it is larger than <see cref="MessageSize"/> allows.</summary>
internal sealed record IncomingMessage(
    long Seq,
    short Lane,
    short Retries,
    Guid Id,
    string Type,
    short Version,
    string Key,
    MessageIntent Intent,
    string? Sender,
    string? ReplyTo,
    Guid Conversation,
    Guid? Cause,
    string? Trace,
    DateTimeOffset SentAt,
    string? CustomHeaders,
    string? Body)
{
    private IReadOnlyDictionary<string, string>? headers;

    /// <summary>All headers, put together when first read.</summary>
    /// <exception cref="UnreadableMessageException">Those that were set on the message are malformed.</exception>
    public IReadOnlyDictionary<string, string> Headers => headers ??= With(HeaderText.Read(CustomHeaders));

    /// <summary>As <see cref="Headers"/>; where those that were set on the message are malformed, the others alone.</summary>
    public IReadOnlyDictionary<string, string> ReadableHeaders
    {
        get
        {
            try
            {
                return Headers;
            }
            catch (UnreadableMessageException)
            {
                return With(new(StringComparer.Ordinal));
            }
        }
    }

    private Dictionary<string, string> With(Dictionary<string, string> all)
    {
        all[Bus.Headers.MessageId] = Id.ToString("D");
        all.TryAdd(Bus.Headers.CorrelationId, Id.ToString("D"));
        all[Bus.Headers.ConversationId] = Conversation.ToString("D");
        all[Bus.Headers.EnclosedMessageTypes] = $"{Type}; version={Version.ToString(CultureInfo.InvariantCulture)}";
        all[Bus.Headers.MessageIntent] = Intent.ToString();
        all[Bus.Headers.TimeSent] = SentAt.ToString("O", CultureInfo.InvariantCulture);
        Add(Bus.Headers.RelatedTo, Cause?.ToString("D"));
        Add(Bus.Headers.OriginatingEndpoint, Sender);
        Add(Bus.Headers.ReplyToAddress, ReplyTo ?? Sender);
        Add(Bus.Headers.TraceParent, Trace);
        Add(Bus.Headers.DelayedRetries, Retries == 0 ? null : Retries.ToString(CultureInfo.InvariantCulture));
        return all;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                all[name] = value;
            }
        }
    }
}
