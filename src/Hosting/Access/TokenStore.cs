using System.Security.Cryptography;
using System.Text;

namespace Orders.Hosting.Access;

/// <summary>Knows the configured tokens by their SHA-256 alone, and the orders' access tokens by their proof.</summary>
internal sealed class TokenStore(IReadOnlyList<ConfiguredToken> tokens, OrderAccessTokens orders)
{
    private const int MaxLength = 512;

    /// <summary>Null for a token that is not known. Every configured hash is compared, in constant time each.</summary>
    public Caller? Find(string token)
    {
        if (token.Length > MaxLength)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        Caller? found = null;
        foreach (var known in tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(known.Hash, hash) ? known.Caller : found;
        }

        return found ?? (orders.TryRead(token, out var orderId) ? new(null, Roles.OrderHolder, orderId) : null);
    }
}

/// <param name="Hash">SHA-256 of the token's UTF-8.</param>
/// <param name="Caller">Who bears it.</param>
internal sealed record ConfiguredToken(byte[] Hash, Caller Caller);
