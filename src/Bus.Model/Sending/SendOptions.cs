namespace Orders.Bus;

/// <summary>What may be set on any outgoing message.</summary>
public abstract class ExtendableOptions
{
    internal string? MessageIdValue { get; set; }

    internal Dictionary<string, string>? HeaderValues { get; set; }

    internal bool ImmediateDispatch { get; set; }
}

/// <summary>How to send a command, or any message to a named endpoint.</summary>
public class SendOptions : ExtendableOptions
{
    internal string? Destination { get; set; }

    internal bool ToThisEndpoint { get; set; }

    internal string? ReplyTo { get; set; }

    internal TimeSpan? Delay { get; set; }

    internal DateTimeOffset? NotBefore { get; set; }

    /// <summary>Delivered no sooner than after the delay, measured by the engine's clock from the commit on.</summary>
    public void DelayDeliveryWith(TimeSpan delay)
    {
        if (delay < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(delay), delay, "A delay cannot be negative. Give zero or more.");
        }

        (Delay, NotBefore) = (delay, null);
    }

    /// <summary>Delivered no sooner than at the given time.</summary>
    public void DoNotDeliverBefore(DateTimeOffset at) => (Delay, NotBefore) = (null, at);

    /// <summary>Sent to any process of the sending endpoint.</summary>
    public void RouteToThisEndpoint() => (ToThisEndpoint, Destination) = (true, null);

    public void SetDestination(string destination) => (Destination, ToThisEndpoint) = (destination, false);

    public void RouteReplyTo(string address) => ReplyTo = address;
}

/// <summary>How to publish an event.</summary>
public class PublishOptions : ExtendableOptions;

/// <summary>How to answer the sender of the message being handled.</summary>
public class ReplyOptions : ExtendableOptions
{
    internal string? Destination { get; set; }

    internal string? ReplyTo { get; set; }

    public void SetDestination(string destination) => Destination = destination;

    public void RouteReplyTo(string address) => ReplyTo = address;
}

/// <summary>Options that every outgoing message shares.</summary>
public static class ExtendableOptionsExtensions
{
    public static void SetHeader(this ExtendableOptions options, string key, string value) =>
        (options.HeaderValues ??= new(StringComparer.Ordinal))[key] = value;

    public static IReadOnlyDictionary<string, string> GetHeaders(this ExtendableOptions options) =>
        options.HeaderValues ?? new Dictionary<string, string>(StringComparer.Ordinal);

    public static void SetMessageId(this ExtendableOptions options, string messageId) => options.MessageIdValue = messageId;

    public static string? GetMessageId(this ExtendableOptions options) => options.MessageIdValue;

    /// <summary>Sent even when the handling of the current message fails.</summary>
    public static void RequireImmediateDispatch(this ExtendableOptions options) => options.ImmediateDispatch = true;
}

/// <summary>Reads options back, in tests.</summary>
public static class SendOptionsReadingExtensions
{
    public static TimeSpan? GetDeliveryDelay(this SendOptions options) => options.Delay;

    public static DateTimeOffset? GetDeliveryDate(this SendOptions options) => options.NotBefore;

    public static string? GetDestination(this SendOptions options) => options.Destination;

    public static bool IsRoutingToThisEndpoint(this SendOptions options) => options.ToThisEndpoint;
}
