using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Orders.Hosting;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Tests.Unit.Webhooks.Partners.Sending;

public sealed class SecretBoxTests
{
    private static readonly Guid Endpoint = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sealed_is_opened_for_its_endpoint_with_its_key_and_not_otherwise()
    {
        await using var database = NpgsqlDataSource.Create("Host=nowhere");
        var (key, secret) = (RandomNumberGenerator.GetBytes(32), WebhookSecret.Create());
        var box = await new SecretBox(key, database).SealAsync(secret, Endpoint, Token);

        Assert.Equal(secret.Reveal(), (await new SecretBox(key, database).OpenAsync(box, Endpoint, Token)).Reveal());
        Assert.DoesNotContain("whsec_", Encoding.Latin1.GetString(box), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => new SecretBox(key, database).OpenAsync(box, Guid.CreateVersion7(), Token));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => new SecretBox(RandomNumberGenerator.GetBytes(32), database).OpenAsync(box, Endpoint, Token));
        box[^1] ^= 1;
        await Assert.ThrowsAnyAsync<CryptographicException>(() => new SecretBox(key, database).OpenAsync(box, Endpoint, Token));
    }

    [Fact]
    public async Task Twice_sealed_it_looks_another()
    {
        await using var database = NpgsqlDataSource.Create("Host=nowhere");
        var (box, secret) = (new SecretBox(RandomNumberGenerator.GetBytes(32), database), WebhookSecret.Create());

        Assert.NotEqual(await box.SealAsync(secret, Endpoint, Token), await box.SealAsync(secret, Endpoint, Token));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData("bm8ga2V5", false)]
    [InlineData("bm8ga2V5", true)]
    [InlineData("no base64", true)]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g", false)]
    public void Without_a_key_of_32_bytes_it_refuses_to_start_and_repeats_none(string? text, bool isLocalMode)
    {
        var refused = Assert.Throws<StartupException>(() => SecretBox.KeyFrom(With(text), isLocalMode));

        Assert.Contains(SecretBox.Setting, refused.Message, StringComparison.Ordinal);
        Assert.True(string.IsNullOrEmpty(text) || !refused.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_configured_key_is_used_and_local_mode_needs_none()
    {
        var key = RandomNumberGenerator.GetBytes(32);

        Assert.Equal(key, SecretBox.KeyFrom(With(Convert.ToBase64String(key)), isLocalMode: false));
        Assert.Null(SecretBox.KeyFrom(With(null), isLocalMode: true));
    }

    private static IConfiguration With(string? key) => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal) { [SecretBox.Setting] = key }).Build();
}
