using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Orders.Hosting;

namespace Orders.Webhooks.Partners.Sending;

/// <summary>
/// Keeps endpoints' secrets unreadable in the database: AES-256-GCM, bound to the endpoint so that no row's secret is good in
/// another's place. The key is the setting <c>Orders:Webhooks:SecretKey</c>; in local mode alone the database makes one. Thread-safe.
/// </summary>
internal sealed class SecretBox(byte[]? configured, NpgsqlDataSource database)
{
    public const string Setting = "Orders:Webhooks:SecretKey";

    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    // The same key whoever is first.
    private const string LocalKey =
        """
        INSERT INTO webhooks.local_key (value) VALUES ($1)
        ON CONFLICT (one) DO UPDATE SET one = true
        RETURNING value
        """;

    private byte[]? key = configured;

    /// <exception cref="StartupException">There is no key, or it is none.</exception>
    public static byte[]? KeyFrom(IConfiguration configuration, bool isLocalMode)
    {
        var bytes = new byte[33];
        return configuration[Setting] switch
        {
            null or "" when isLocalMode => null,
            { } text when Convert.TryFromBase64String(text, bytes, out var length) && length == 32 => bytes[..32],
            _ => throw new StartupException(
                $"The setting {Setting} is missing or no key: partners' webhook secrets are stored encrypted with it. Give the base64 of 32 random bytes, "
                + "such as 'openssl rand -base64 32' prints, the same to every process of the module, and keep it."),
        };
    }

    public async Task<byte[]> SealAsync(WebhookSecret secret, Guid endpoint, CancellationToken cancellationToken)
    {
        var text = Encoding.ASCII.GetBytes(secret.Reveal());
        var box = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(box.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(await KeyAsync(cancellationToken), TagBytes);
        aes.Encrypt(box.AsSpan(0, NonceBytes), text, box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), endpoint.ToByteArray());
        return box;
    }

    /// <exception cref="CryptographicException">It was sealed with another key, or for another endpoint.</exception>
    public async Task<WebhookSecret> OpenAsync(byte[] box, Guid endpoint, CancellationToken cancellationToken)
    {
        var text = new byte[box.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(await KeyAsync(cancellationToken), TagBytes);
        aes.Decrypt(box.AsSpan(0, NonceBytes), box.AsSpan(NonceBytes + TagBytes), box.AsSpan(NonceBytes, TagBytes), text, endpoint.ToByteArray());
        return WebhookSecret.Parse(Encoding.ASCII.GetString(text));
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken)
    {
        if (key is null)
        {
            await using var command = database.CreateCommand(LocalKey);
            command.Parameters.Add(new() { Value = RandomNumberGenerator.GetBytes(32) });
            key = (byte[])(await command.ExecuteScalarAsync(cancellationToken))!;
        }

        return key;
    }
}
