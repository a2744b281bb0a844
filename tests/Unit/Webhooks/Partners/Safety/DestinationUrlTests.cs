using Orders.Webhooks.Partners.Safety;

namespace Orders.Tests.Unit.Webhooks.Partners.Safety;

public sealed class DestinationUrlTests
{
    private static readonly DestinationRules Public = new(AllowLoopback: false, [443, 8443]);
    private static readonly DestinationRules Local = Public with { AllowLoopback = true };

    /// <summary>One address of every special-use range, at its edges, in both families.</summary>
    public static TheoryData<string> SpecialAddresses =>
    [
        "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.0.0",
        "169.254.169.254", "172.16.0.0", "172.31.255.255", "192.0.0.0", "192.0.0.8", "192.0.0.9", "192.0.0.10", "192.0.0.170", "192.0.0.255", "192.0.2.1", "192.31.196.1",
        "192.52.193.1", "192.88.99.1", "192.168.0.0", "192.168.255.255", "192.175.48.1", "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1",
        "239.255.255.255", "240.0.0.1", "255.255.255.254", "255.255.255.255",
        "[::]", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]", "[::ffff:8.8.8.8]", "[::127.0.0.1]", "[::8.8.8.8]", "[::ffff:0:127.0.0.1]",
        "[64:ff9b::7f00:1]", "[64:ff9b::10.0.0.1]", "[64:ff9b:1::1]", "[64:ff9b:1:ffff:ffff:ffff:ffff:ffff]", "[100::1]", "[100:0:0:1::1]", "[2001::1]", "[2001:0:4136:e378:8000:63bf:3fff:fdd2]",
        "[2001:1::1]", "[2001:2::1]", "[2001:3::1]", "[2001:4:112::1]", "[2001:10::1]", "[2001:20::1]", "[2001:30::1]", "[2001:1ff:ffff::1]", "[2001:db8::1]",
        "[2002::1]", "[2002:7f00:1::]", "[2620:4f:8000::1]", "[3fff::1]", "[3fff:fff::1]", "[5f00::1]", "[fc00::1]", "[fdff::1]", "[fe80::1]", "[febf::1]", "[fec0::1]", "[ff02::1]",
        "[1::1]", "[4000::1]", "[200::1]",
    ];

    [Theory]
    [MemberData(nameof(SpecialAddresses))]
    public void An_address_of_special_use_is_refused_and_its_range_named(string host)
    {
        var (destination, refusal) = DestinationUrl.Parse($"https://{host}/hooks", Public);

        Assert.Null(destination);
        Assert.Matches(@" is in [0-9a-f:.]+/\d+ \(.+, RFC \d+\)\. Deliveries go to public addresses only\.$", refusal);
    }

    [Theory]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0x7f.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("127.1")]
    [InlineData("127.0.1")]
    [InlineData("00127.0.0.1")]
    [InlineData("127.0.0.0x1")]
    [InlineData("8.8.8.8.8")]
    [InlineData("08.8.8.8")]
    [InlineData("127.0.0.1.")]
    [InlineData("2130706433.")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST.")]
    [InlineData("a.localhost")]
    [InlineData("intranet")]
    [InlineData("db.internal")]
    [InlineData("printer.local")]
    [InlineData("nas.home.arpa")]
    [InlineData("1.0.0.127.in-addr.arpa")]
    [InlineData("1.test")]
    [InlineData("[fe80::1%25eth0]")]
    [InlineData("[fe80::1%eth0]")]
    [InlineData("[::1")]
    [InlineData("[127.0.0.1]")]
    [InlineData("%31%32%37.0.0.1")]
    [InlineData("loc%61lhost")]
    [InlineData("１２７.0.0.1")]
    [InlineData("bücher.example.com")]
    [InlineData("①②⑦.⓪.⓪.①")]
    [InlineData("a..example.com")]
    [InlineData("-a.example.com")]
    [InlineData("a_b.example.com")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("user@example.com")]
    [InlineData("user:word@example.com")]
    [InlineData("partner.com:word@93.184.216.34")]
    [InlineData("@example.com")]
    [InlineData("example.com@127.0.0.1")]
    [InlineData("example.com\\@127.0.0.1")]
    [InlineData("example.com:80")]
    [InlineData("example.com:0")]
    [InlineData("example.com:22")]
    [InlineData("example.com:99999")]
    [InlineData("exa mple.com")]
    [InlineData("example.com\t")]
    public void A_host_spelled_oddly_is_refused(string host)
    {
        var (destination, refusal) = DestinationUrl.Parse($"https://{host}/hooks", Public);

        Assert.Null(destination);
        Assert.NotEmpty(refusal!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hooks")]
    [InlineData("//example.com/hooks")]
    [InlineData("https:example.com")]
    [InlineData("https:/example.com")]
    [InlineData("http://example.com/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void What_is_no_https_address_is_refused(string text) => Assert.NotNull(DestinationUrl.Parse(text, Public).Refusal);

    [Fact]
    public void An_address_has_a_bounded_length() =>
        Assert.NotNull(DestinationUrl.Parse("https://example.com/" + new string('a', DestinationUrl.MaxLength), Public).Refusal);

    [Theory]
    [InlineData("https://example.com/hooks?a=b", "https://example.com/hooks?a=b")]
    [InlineData("HTTPS://Hooks.Example.COM./In#here", "https://hooks.example.com/In")]
    [InlineData("https://example.com:443", "https://example.com/")]
    [InlineData("https://example.com:8443/", "https://example.com:8443/")]
    [InlineData("https://xn--bcher-kva.example.com/", "https://xn--bcher-kva.example.com/")]
    [InlineData("https://93.184.216.34/", "https://93.184.216.34/")]
    [InlineData("https://[2606:2800:0220:1::0]/", "https://[2606:2800:220:1::]/")]
    public void A_public_destination_is_normalised(string text, string url) => Assert.Equal(url, DestinationUrl.Parse(text, Public).Destination?.Url.AbsoluteUri);

    [Theory]
    [InlineData("http://127.0.0.1:5080/hooks", true)]
    [InlineData("http://localhost:5080/", true)]
    [InlineData("https://[::1]:5080/", true)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://[::ffff:127.0.0.1]/", false)]
    [InlineData("http://0.0.0.0/", false)]
    [InlineData("http://2130706433/", false)]
    [InlineData("http://a@127.0.0.1/", false)]
    [InlineData("ftp://127.0.0.1/", false)]
    public void For_local_work_http_and_loopback_are_good_and_nothing_else(string text, bool good) => Assert.Equal(good, DestinationUrl.Parse(text, Local).Destination is not null);
}
