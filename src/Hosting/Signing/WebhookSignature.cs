using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orders.Hosting;

/// <summary>
/// Signs and proves webhooks as Standard Webhooks 1.0 says: HMAC-SHA256 over <c>id.timestamp.body</c>, in base64, after
/// <c>v1,</c>. A header may hold several signatures, separated by spaces, and several secrets may be good at once, while one
/// is exchanged for another.
/// </summary>
public static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>How far the sender's clock may be from ours, either way.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    private const string Version = "v1,";
    private const int MaxIdLength = 255;

    /// <summary>The value of <see cref="SignatureHeader"/>: one signature a secret.</summary>
    public static string Sign(string id, DateTimeOffset at, ReadOnlySpan<byte> body, params IEnumerable<WebhookSecret> secrets)
    {
        var timestamp = Timestamp(at);
        var signatures = new List<string>();
        foreach (var secret in secrets)
        {
            signatures.Add(One(id, timestamp, body, secret));
        }

        return string.Join(' ', signatures);
    }

    /// <summary>The value of <see cref="TimestampHeader"/>: seconds since 1970.</summary>
    public static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether one of the secrets' owners sent exactly this, now. Signatures are compared as texts, each in constant time: base64
    /// has several texts for the same bytes, and one alone is the signature. One of another version equals none.
    /// </summary>
    /// <param name="id">The header as it came, or null.</param>
    /// <param name="timestamp">The header as it came, or null.</param>
    /// <param name="signatures">The header as it came, or null.</param>
    /// <param name="body">The raw body.</param>
    /// <param name="secrets">Those that are good now.</param>
    /// <param name="now">The receiver's time.</param>
    public static bool Proves(
        string? id, string? timestamp, string? signatures, ReadOnlySpan<byte> body, IReadOnlyList<WebhookSecret> secrets, DateTimeOffset now)
    {
        if (!IsId(id) || !IsNow(timestamp, now) || signatures is null)
        {
            return false;
        }

        var proven = false;
        foreach (var secret in secrets)
        {
            var expected = Encoding.ASCII.GetBytes(One(id!, timestamp!, body, secret));
            foreach (var given in signatures.Split(' '))
            {
                proven |= CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), expected);
            }
        }

        return proven;
    }

    private static bool IsId(string? id) => id is { Length: >= 1 and <= MaxIdLength } && !id.AsSpan().ContainsAnyExceptInRange('!', '~');

    private static bool IsNow(string? timestamp, DateTimeOffset now) =>
        long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && Math.Abs((decimal)now.ToUnixTimeSeconds() - seconds) <= (decimal)Tolerance.TotalSeconds;

    private static string One(string id, string timestamp, ReadOnlySpan<byte> body, WebhookSecret secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.Key);
        hmac.AppendData(Encoding.ASCII.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return Version + Convert.ToBase64String(hmac.GetHashAndReset());
    }
}
