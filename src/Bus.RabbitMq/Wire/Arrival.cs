using Orders.Bus.Engine;

namespace Orders.Bus.RabbitMq;

/// <summary>What the broker handed over, ready to be stored.</summary>
/// <param name="Tag">To acknowledge it with.</param>
/// <param name="Headers">Those that have no column of their own, as JSON.</param>
/// <param name="Fault">Why it cannot be handled; null where it can.</param>
internal sealed record Arrival(
    ulong Tag,
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
    string? Headers,
    string Body,
    string? Fault)
{
    public short Lane => Lanes.Of(Key);

    /// <summary>What can be stored of one whose columns cannot be: its id and its body, which any database takes.</summary>
    public Arrival Unstorable(string reason) => this with
    {
        Type = "unknown",
        Version = 1,
        Key = Id.ToString("D"),
        Sender = null,
        ReplyTo = null,
        Trace = null,
        Headers = null,
        Fault = $"The message cannot be stored as it came: {reason} Discard it, and mend its sender.",
    };
}
