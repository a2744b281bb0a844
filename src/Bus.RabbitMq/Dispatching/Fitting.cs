using System.Text;
using RabbitMQ.Client;

namespace Orders.Bus.RabbitMq;

/// <summary>
/// What AMQP 0-9-1 can say of a message: a short string has one byte for its length (section 4.2.5.3), and all properties have
/// to fit into one frame (section 4.2.3). A broker ends the connection over what does not, and every other message's with it.
/// </summary>
internal static class Fitting
{
    private const int ShortString = 255;

    // The length of a name, the type and the length of a value.
    private const int PerHeader = 1 + 1 + 4;

    // The frame's own bytes, the few properties of fixed length, and the short strings at their longest.
    private const int Spare = 1024;

    /// <summary>Pure: why it cannot be published; null where it can.</summary>
    /// <param name="frameMax">What the connection has agreed upon; 0 is no limit.</param>
    public static string? FaultOf(string routingKey, BasicProperties properties, uint frameMax)
    {
        if (BytesOf(routingKey) > ShortString)
        {
            return $"Its destination or type is a name of more than {ShortString} bytes. Discard it, and mend its sender.";
        }

        var size = Spare;
        foreach (var (name, value) in properties.Headers!)
        {
            if (BytesOf(name) > ShortString)
            {
                return $"The name of the header '{name[..40]}…' is longer than {ShortString} bytes. Edit the message: give its headers shorter names.";
            }

            size += PerHeader + BytesOf(name) + BytesOf((string)value!);
        }

        return frameMax == 0 || size <= frameMax
            ? null
            : $"Its headers and its business key take {size} bytes together, and RabbitMQ takes {frameMax}. Edit the message: leave headers out.";
    }

    private static int BytesOf(string text) => Encoding.UTF8.GetByteCount(text);
}
