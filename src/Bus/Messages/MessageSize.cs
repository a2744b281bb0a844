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
}
