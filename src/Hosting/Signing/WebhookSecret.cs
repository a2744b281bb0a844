using System.Security.Cryptography;

namespace Orders.Hosting;

/// <summary>
/// A signing secret of Standard Webhooks 1.0: 24 to 64 bytes, written <c>whsec_</c> and base64. Never shows itself by accident:
/// its text is had by <see cref="Reveal"/> alone.
/// </summary>
public sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;

    private readonly byte[] key;

    private WebhookSecret(byte[] key) => this.key = key;

    internal ReadOnlySpan<byte> Key => key;

    /// <summary>A new one, of 32 random bytes.</summary>
    public static WebhookSecret Create() => new(RandomNumberGenerator.GetBytes(32));

    /// <exception cref="FormatException">It is no such secret. The text is not repeated.</exception>
    public static WebhookSecret Parse(string text)
    {
        var base64 = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : "";
        var bytes = new byte[MaxBytes + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length is >= MinBytes and <= MaxBytes
            ? new(bytes[..length])
            : throw new FormatException($"A webhook secret is {Prefix} and the base64 of {MinBytes} to {MaxBytes} bytes. Give one of that form.");
    }

    /// <summary>For whoever is to have it; never for a log.</summary>
    public string Reveal() => Prefix + Convert.ToBase64String(key);

    public override string ToString() => Prefix + "…";
}
