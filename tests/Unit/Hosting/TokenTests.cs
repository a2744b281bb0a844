using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Orders.Hosting;
using Orders.Hosting.Access;

namespace Orders.Tests.Unit.Hosting;

public sealed class TokenTests
{
    private static readonly string[] Here = ["http://127.0.0.1:8080"];

    [Fact]
    public void None_configured_and_on_loopback_the_demo_tokens_work()
    {
        var store = Store(TokenConfiguration.Read(Settings(), Here));

        Assert.Equal(new Caller("david", Roles.Shopper, null), store.Find("demo-shopper"));
        Assert.Equal(new Caller("rachel", Roles.Shopper, null), store.Find("demo-shopper-2"));
        Assert.True(store.Find("demo-operator")!.IsOperator);
        Assert.Null(store.Find("demo-shoppe"));
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://*:8080")]
    [InlineData("http://+:80")]
    [InlineData("http://[::]:8080")]
    [InlineData("http://192.168.0.7:8080")]
    [InlineData("http://shop.example")]
    public void None_configured_and_reachable_by_others_refuses_to_start_and_says_why(string url)
    {
        var refused = Assert.Throws<StartupException>(() => TokenConfiguration.Read(Settings(), [.. Here, url]));

        Assert.Contains(url, refused.Message, StringComparison.Ordinal);
        Assert.Contains("Orders__Tokens__0__Hash", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:8080")]
    [InlineData("http://[::1]:8080")]
    [InlineData("http://127.0.0.2:0")]
    public void Every_form_of_loopback_counts(string url) => Assert.NotEmpty(TokenConfiguration.Read(Settings(), [url]));

    [Fact]
    public void Configured_tokens_replace_the_demo_tokens()
    {
        var store = Store(TokenConfiguration.Read(
            Settings(("0:Hash", HashOf("s3cret")), ("0:Role", "operator"), ("0:User", "olga")), ["http://0.0.0.0:80"]));

        Assert.Equal(new Caller("olga", Roles.Operator, null), store.Find("s3cret"));
        Assert.Null(store.Find("demo-operator"));
        Assert.Null(store.Find(HashOf("s3cret")));
    }

    [Theory]
    [InlineData("Hash", "not a hash")]
    [InlineData("Role", "admin")]
    [InlineData("User", "")]
    public void A_token_that_is_not_well_formed_refuses_to_start(string member, string value)
    {
        var settings = Settings(("0:Hash", HashOf("x")), ("0:Role", "shopper"), ("0:User", "u"), ($"0:{member}", value));

        Assert.Contains(member, Assert.Throws<StartupException>(() => TokenConfiguration.Read(settings, Here)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_orders_token_is_good_for_that_order_and_cannot_be_made_up()
    {
        var orders = Orders(1);
        var id = Guid.Parse("01890a5d-ac96-774b-bcce-b302099a8057");
        var token = orders.Issue(id);
        var store = new TokenStore([], orders);

        Assert.Equal(new Caller(null, Roles.OrderHolder, id), store.Find(token));
        Assert.Null(store.Find(token[..^1] + (token[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(store.Find(token[..6] + (token[6] == 'A' ? 'B' : 'A') + token[7..]));
        Assert.Null(new TokenStore([], Orders(2)).Find(token));
        Assert.Null(store.Find("ord_"));
        Assert.Null(store.Find("ord_%%%"));
    }

    [Fact]
    public void An_orders_token_shows_no_other_order()
    {
        var (mine, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var holder = new Caller(null, Roles.OrderHolder, mine);

        Assert.True(holder.MaySee(mine, null));
        Assert.False(holder.MaySee(other, null));
        Assert.False(Caller.Nobody.MaySee(mine, null));
        Assert.False(new Caller("david", Roles.Shopper, null).MaySee(mine, "rachel"));
    }

    private static TokenStore Store(IReadOnlyList<ConfiguredToken> tokens) => new(tokens, Orders(1));

    private static OrderAccessTokens Orders(byte secret) => new(Secrets.Of([.. Enumerable.Repeat(secret, 32)]));

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static IConfiguration Settings(params (string Key, string Value)[] tokens) => new ConfigurationBuilder()
        .AddInMemoryCollection(tokens
            .GroupBy(token => token.Key, StringComparer.Ordinal)
            .Select(token => KeyValuePair.Create("Orders:Tokens:" + token.Key, (string?)token.Last().Value)))
        .Build();
}
