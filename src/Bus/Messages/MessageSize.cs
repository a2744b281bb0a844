using System.Text;
using Orders.Bus.Composition;

namespace Orders.Bus.Engine;

/// <summary>How large a message may be: a batch of them has to fit into memory.</summary>
internal static class MessageSize
{
    /// <summary>Of the body, as JSON in UTF-8.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>For SQL; the same number.</summary>
    public const string MaxBytesText = "4194304";

    /// <exception cref="InvalidOperationException">It is larger: what sends it is at fault, and hears of it at once.</exception>
    public static string Checked(string json, MessageContract contract) =>
        // A UTF-16 unit is at most three bytes of UTF-8: most are known to fit without counting.
        json.Length <= MaxBytes / 3 || Encoding.UTF8.GetByteCount(json) <= MaxBytes
            ? json
            : throw new InvalidOperationException(
                $"{contract.Type.Name} is larger than {MaxBytes} bytes. Put what is large elsewhere and send where it is.");

    /// <summary>
    /// Of all headers' names and values together, which have to fit into one frame of AMQP, and of one name (AMQP 0-9-1,
    /// section 4.2.5.3), as UTF-8.
    /// </summary>
    private const int MaxHeaderBytes = 64 * 1024;

    private const int MaxHeaderNameBytes = 255;

    /// <summary>It travels as a header, beside the others.</summary>
    private const int MaxKeyBytes = 16 * 1024;

    /// <exception cref="InvalidOperationException">It is larger: what sends it is at fault, and hears of it at once.</exception>
    public static string CheckedKey(string key, MessageContract contract) => Encoding.UTF8.GetByteCount(key) <= MaxKeyBytes
        ? key
        : throw new InvalidOperationException($"The business key of {contract.Type.Name} is larger than {MaxKeyBytes} bytes. Give it a shorter one.");

    /// <exception cref="InvalidOperationException">They are larger: what sends them is at fault, and hears of it at once.</exception>
    public static Dictionary<string, string>? Checked(Dictionary<string, string>? headers, MessageContract contract) =>
        headers is null || Fits(headers)
            ? headers
            : throw new InvalidOperationException($"The headers of {contract.Type.Name} are too large: {HeaderLimits}");

    public static string HeaderLimits { get; } =
        $"together they may have {MaxHeaderBytes} bytes, and one's name {MaxHeaderNameBytes}. Put what is large into the message.";

    public static bool Fits(Dictionary<string, string> headers) =>
        headers.Keys.All(name => Encoding.UTF8.GetByteCount(name) <= MaxHeaderNameBytes)
        && headers.Sum(header => Encoding.UTF8.GetByteCount(header.Key) + Encoding.UTF8.GetByteCount(header.Value)) <= MaxHeaderBytes;
}
