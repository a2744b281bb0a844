using System.Text;
using Orders.Hosting;

namespace Orders.Tests.Unit.Hosting.Signing;

public sealed class WebhookSignatureTests
{
    // The vector that Standard Webhooks and its reference libraries publish.
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Timestamp = "1614265330";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private static readonly byte[] Body = Encoding.UTF8.GetBytes("""{"test": 2432232314}""");
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1614265330);
    private static readonly WebhookSecret Secret = WebhookSecret.Parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    [Fact]
    public void It_signs_the_published_vector() => Assert.Equal(Signature, WebhookSignature.Sign(Id, At, Body, Secret));

    [Fact]
    public void It_proves_the_published_vector() => Assert.True(Proves());

    [Theory]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(-301, false)]
    [InlineData(301, false)]
    public void A_timestamp_is_good_for_five_minutes_either_way(int seconds, bool good) =>
        Assert.Equal(good, Proves(now: At.AddSeconds(seconds)));

    [Fact]
    public void No_byte_of_the_body_may_change() => Assert.All(Enumerable.Range(0, Body.Length), at => Assert.All(OtherBytes(Body[at]), other =>
    {
        var changed = Body.ToArray();
        changed[at] = other;
        Assert.False(Proves(body: changed));
    }));

    [Fact]
    public void No_character_of_a_header_may_change()
    {
        Assert.All(Changed(Id), id => Assert.False(Proves(id: id), id));
        Assert.All(Changed(Timestamp), timestamp => Assert.False(Proves(timestamp: timestamp), timestamp));
        Assert.All(Changed(Signature), signatures => Assert.False(Proves(signatures: signatures), signatures));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("v1,")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Without_a_signature_of_a_known_version_nothing_is_proven(string? signatures) => Assert.False(Proves(signatures: signatures));

    [Theory]
    [InlineData("v1a,unknown " + Signature)]
    [InlineData("v1,AAAA " + Signature + " v9,x")]
    public void Signatures_of_unknown_versions_and_of_other_secrets_are_skipped(string signatures) => Assert.True(Proves(signatures: signatures));

    [Fact]
    public void While_secrets_are_exchanged_either_is_good()
    {
        var next = WebhookSecret.Create();

        Assert.True(Proves(secrets: [next, Secret]));
        Assert.True(Proves(signatures: WebhookSignature.Sign(Id, At, Body, next, Secret)));
        Assert.False(Proves(secrets: [next]));
        Assert.False(Proves(secrets: []));
    }

    [Theory]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "-1614265330")]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", "99999999999999999999")]
    [InlineData("msg_p5jXN8AQM9LWM0D4loKWxJek", null)]
    [InlineData("", Timestamp)]
    [InlineData("ü", Timestamp)]
    [InlineData(null, Timestamp)]
    public void A_malformed_id_or_timestamp_proves_nothing_whatever_is_signed(string? id, string? timestamp) => Assert.False(
        WebhookSignature.Proves(id, timestamp, WebhookSignature.Sign(id ?? "", At, Body, Secret), Body, [Secret], At));

    [Fact]
    public void A_secret_is_read_as_it_was_written_and_shows_itself_on_demand_alone()
    {
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Secret.Reveal());
        Assert.DoesNotContain("MfKQ", Secret.ToString(), StringComparison.Ordinal);
        Assert.Equal(WebhookSecret.Parse(WebhookSecret.Create().Reveal()).Reveal().Length, WebhookSecret.Create().Reveal().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("whsec_")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("whsec_not base64 at all, and longer than it may be, by far, whatever it is that it means")]
    public void What_is_no_secret_is_refused_without_being_repeated(string text)
    {
        var refused = Assert.Throws<FormatException>(() => WebhookSecret.Parse(text));

        Assert.True(text.Length < 7 || !refused.Message.Contains(text, StringComparison.Ordinal));
    }

    private static bool Proves(
        string? id = Id, string? timestamp = Timestamp, string? signatures = Signature, byte[]? body = null,
        IReadOnlyList<WebhookSecret>? secrets = null, DateTimeOffset? now = null) =>
        WebhookSignature.Proves(id, timestamp, signatures, body ?? Body, secrets ?? [Secret], now ?? At);

    private static IEnumerable<byte> OtherBytes(byte one) => Enumerable.Range(0, 256).Select(other => (byte)other).Where(other => other != one);

    private static IEnumerable<string> Changed(string text) =>
        from at in Enumerable.Range(0, text.Length)
        from other in OtherBytes((byte)text[at])
        select text[..at] + (char)other + text[(at + 1)..];
}
