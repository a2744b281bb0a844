using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Orders.Hosting;

namespace Orders.Api.ConfirmPurchase;

/// <summary>
/// A caller's key for one purchase, as the hash under which it is kept: a key is the caller's own, and what it holds is
/// nobody's business.
/// </summary>
internal readonly record struct IdempotencyKey(string Hash)
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    /// <summary>1 to 255 visible ASCII characters, bare or as a quoted string (RFC 8941, section 3.3.3).</summary>
    public static IdempotencyKey Of(StringValues header, Caller caller)
    {
        var key = header is [{ } only] ? Unquoted(only) : null;
        if (key is not { Length: >= 1 and <= MaxLength } || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ProblemException(
                400, "idempotency-key", $"Send the header {Header} once, with 1 to {MaxLength} visible ASCII characters, bare or quoted.");
        }

        var owner = caller.UserId is { } user ? "user " + user : "guest";
        return new(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{key}"))));
    }

    /// <summary>The same for the same JSON values, however they were written: members in any order, spaces, escapes, defaults left out.</summary>
    public static string HashOf(ConfirmPurchaseBody body) => Convert.ToHexString(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(body, ConfirmPurchaseJson.Default.ConfirmPurchaseBody)));

    private static string? Unquoted(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text;
        }

        return text.Length > 2 && text.EndsWith('"') && !text.AsSpan(1, text.Length - 2).ContainsAny('"', '\\') ? text[1..^1] : null;
    }
}
