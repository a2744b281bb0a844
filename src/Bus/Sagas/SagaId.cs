using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orders.Bus.Engine;

/// <summary>
/// A saga's id, derived from its identity and correlation value: two messages that race to start one saga compute the same id and
/// meet on the primary key. A time-ordered Guid keeps its leading bytes, so that the index grows at one end.
/// </summary>
internal static class SagaId
{
    public static Guid Of(string identity, object value)
    {
        Span<byte> digest = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\n{Text(value)}"), digest);
        if (value is not Guid guid)
        {
            return new Guid(digest[..16], bigEndian: true);
        }

        Span<byte> bytes = stackalloc byte[16];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        digest[8..16].CopyTo(bytes[8..]);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The value as it is stored beside the saga.</summary>
    public static string Text(object value) => value is Guid guid ? guid.ToString("D") : Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
