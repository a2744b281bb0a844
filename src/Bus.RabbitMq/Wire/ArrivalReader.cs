using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orders.Bus.Engine;
using Orders.Bus.Storage;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>Reads an envelope. Pure; whatever the bytes are, the answer can be stored, with the fault that it has.</summary>
internal static class ArrivalReader
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>They have columns, or are the broker's own.</summary>
    private static readonly HashSet<string> NotKept = new(StringComparer.Ordinal)
    {
        Bus.Headers.MessageId, Bus.Headers.ConversationId, Bus.Headers.RelatedTo, Bus.Headers.EnclosedMessageTypes, Bus.Headers.MessageIntent,
        Bus.Headers.ReplyToAddress, Bus.Headers.OriginatingEndpoint, Bus.Headers.TimeSent, Bus.Headers.TraceParent, Bus.Headers.DelayedRetries,
        Envelope.Key, Constants.PublishSequenceNumberHeader,
    };

    public static Arrival Read(ulong tag, IReadOnlyBasicProperties properties, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var headers = HeadersOf(properties);
        var id = Id(headers.GetValueOrDefault(Bus.Headers.MessageId)) ?? Id(properties.MessageId);
        var (type, version) = TypeOf(headers.GetValueOrDefault(Bus.Headers.EnclosedMessageTypes) ?? (properties.Type is { } named ? StoredText.Of(named) : null));
        var text = TextOf(body);
        var known = id ?? Derived(type, body);
        if (headers.TryGetValue(Bus.Headers.CorrelationId, out var correlation) && correlation == known.ToString("D"))
        {
            headers.Remove(Bus.Headers.CorrelationId);
        }

        return new(
            tag,
            known,
            type ?? "unknown",
            version ?? 1,
            headers.GetValueOrDefault(Envelope.Key) ?? known.ToString("D"),
            Enum.TryParse<MessageIntent>(headers.GetValueOrDefault(Bus.Headers.MessageIntent), out var intent) ? intent : MessageIntent.Send,
            headers.GetValueOrDefault(Bus.Headers.OriginatingEndpoint),
            headers.GetValueOrDefault(Bus.Headers.ReplyToAddress),
            Id(headers.GetValueOrDefault(Bus.Headers.ConversationId)) ?? known,
            Id(headers.GetValueOrDefault(Bus.Headers.RelatedTo)),
            headers.GetValueOrDefault(Bus.Headers.TraceParent),
            DateTimeOffset.TryParse(headers.GetValueOrDefault(Bus.Headers.TimeSent), CultureInfo.InvariantCulture, out var sent) ? sent.ToUniversalTime() : now,
            HeaderText.Write(headers.Where(header => !NotKept.Contains(header.Key)).ToDictionary(StringComparer.Ordinal)),
            text ?? StoredText.Of(Encoding.UTF8.GetString(body)),
            FaultOf(id, type, version, properties.ContentType, text));
    }

    private static string? FaultOf(Guid? id, string? type, short? version, string? contentType, string? text) =>
        id is null ? $"The message has no id: its header {Bus.Headers.MessageId} is no UUID. Discard it, and mend its sender."
        : type is null ? $"The message names no type: it has no header {Bus.Headers.EnclosedMessageTypes}. Discard it, and mend its sender."
        : version is null ? $"The version in the header {Bus.Headers.EnclosedMessageTypes} is no number from 1 to {short.MaxValue}. Discard it, and mend its sender."
        : contentType is not (null or Envelope.ContentType) ? $"The content type '{StoredText.Of(contentType)}' cannot be read: only {Envelope.ContentType}. Discard it, and mend its sender."
        : text is null ? "The body is malformed: it is not UTF-8. Discard it, and mend its sender."
        : null;

    private static Dictionary<string, string> HeadersOf(IReadOnlyBasicProperties properties)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in properties.Headers ?? new Dictionary<string, object?>(StringComparer.Ordinal))
        {
            // Tables and lists are the broker's own, such as x-death.
            if (value is byte[] or string or IConvertible && !name.StartsWith("x-", StringComparison.Ordinal))
            {
                all[StoredText.Of(name)] = StoredText.Of(value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)!);
            }
        }

        return all;
    }

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;

    private static (string? Name, short? Version) TypeOf(string? enclosed)
    {
        var parts = (enclosed ?? "").Split(';', StringSplitOptions.TrimEntries);
        var version = Array.Find(parts, part => part.StartsWith("version=", StringComparison.Ordinal))?["version=".Length..] ?? "1";
        return (
            parts[0].Length > 0 ? parts[0] : null,
            short.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null);
    }

    private static string? TextOf(ReadOnlySpan<byte> body)
    {
        try
        {
            return body.Contains((byte)0) ? null : Strict.GetString(body);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // The same bytes again are the same message again, so that a message without an id fails once, too.
    private static Guid Derived(string? type, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(type ?? ""));
        hash.AppendData(body);
        return new(hash.GetHashAndReset().AsSpan(0, 16));
    }
}
