using System.Buffers.Text;
using System.Security.Cryptography;

namespace Orders.Hosting.Access;

/// <summary>
/// A token is <c>ord_</c> and base64url of the order's id and an HMAC-SHA256 of it, with a secret that every process on the
/// database shares.
/// </summary>
internal sealed class OrderAccessTokens(Secrets secrets) : IOrderAccessTokens
{
    private const string Prefix = "ord_";
    private const int IdLength = 16;

    public string Issue(Guid orderId)
    {
        Span<byte> token = stackalloc byte[IdLength + HMACSHA256.HashSizeInBytes];
        orderId.TryWriteBytes(token, bigEndian: true, out _);
        HMACSHA256.HashData(secrets.OrderAccess, token[..IdLength], token[IdLength..]);
        return Prefix + Base64Url.EncodeToString(token);
    }

    public bool TryRead(string token, out Guid orderId)
    {
        orderId = default;
        Span<byte> bytes = stackalloc byte[IdLength + HMACSHA256.HashSizeInBytes];
        if (!token.StartsWith(Prefix, StringComparison.Ordinal)
            || token.Length > 128
            || !Base64Url.IsValid(token.AsSpan(Prefix.Length), out var length)
            || length != bytes.Length)
        {
            return false;
        }

        Base64Url.DecodeFromChars(token.AsSpan(Prefix.Length), bytes);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secrets.OrderAccess, bytes[..IdLength], expected);
        orderId = new(bytes[..IdLength], bigEndian: true);
        return CryptographicOperations.FixedTimeEquals(expected, bytes[IdLength..]);
    }
}
