using System.Text;
using Orders.Bus.Engine;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>A message as it travels: NServiceBus's headers as AMQP headers, the JSON as the body.</summary>
internal static class Envelope
{
    public const string ContentType = "application/json";

    /// <summary>The business key, so that receivers need not read the body to find its lane. Ours alone.</summary>
    public const string Key = "Orders.Key";

    public static BasicProperties PropertiesOf(IncomingMessage message)
    {
        var headers = new Dictionary<string, object?>(StringComparer.Ordinal) { [Key] = message.Key };
        foreach (var (name, value) in message.ReadableHeaders)
        {
            headers[name] = value;
        }

        return new()
        {
            MessageId = message.Id.ToString("D"),
            Type = message.Type,
            ContentType = ContentType,
            DeliveryMode = DeliveryModes.Persistent,
            Timestamp = new(message.SentAt.ToUnixTimeSeconds()),
            Headers = headers,
        };
    }

    /// <summary>The outbox reads whole bodies, whatever their size.</summary>
    public static byte[] BodyOf(IncomingMessage message) => Encoding.UTF8.GetBytes(message.Body!);
}
