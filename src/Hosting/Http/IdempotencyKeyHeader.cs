using Microsoft.AspNetCore.Http;

namespace Orders.Hosting;

/// <summary>Reads <c>Idempotency-Key</c>: 1 to 255 visible ASCII characters, bare or as a quoted string (RFC 8941, section 3.3.3).</summary>
public static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";
    public const string Replayed = "Idempotency-Replayed";
    public const int MaxLength = 255;

    /// <exception cref="ProblemException">400 <c>idempotency-key</c> where it is missing, malformed or given twice.</exception>
    public static string Read(HttpRequest request)
    {
        var key = request.Headers[Name] is [{ } only] ? Unquoted(only) : null;
        return key is { Length: >= 1 and <= MaxLength } && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw new ProblemException(
                400, "idempotency-key", $"Send the header {Name} once, with 1 to {MaxLength} visible ASCII characters, bare or quoted.");
    }

    private static string? Unquoted(string text)
    {
        if (!text.StartsWith('"'))
        {
            return text;
        }

        return text.Length > 2 && text.EndsWith('"') && !text.AsSpan(1, text.Length - 2).ContainsAny('"', '\\') ? text[1..^1] : null;
    }
}
