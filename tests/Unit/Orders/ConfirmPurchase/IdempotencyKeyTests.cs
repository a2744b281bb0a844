using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Orders.Api.ConfirmPurchase;
using Orders.Hosting;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

public sealed class IdempotencyKeyTests
{
    private static readonly Caller David = new("david", Roles.Shopper, null);

    [Fact]
    public void Bare_and_quoted_are_the_same_key() => Assert.Equal(IdempotencyKey.Of("k-1", David), IdempotencyKey.Of("\"k-1\"", David));

    [Fact]
    public void A_key_is_its_callers_own()
    {
        var keys = new[] { David, new("rachel", Roles.Shopper, null), Caller.Nobody }.Select(caller => IdempotencyKey.Of("k", caller));
        Assert.Equal(3, keys.Distinct().Count());
    }

    [Fact]
    public void A_user_named_guest_is_not_the_guests() =>
        Assert.NotEqual(IdempotencyKey.Of("k", new("guest", Roles.Shopper, null)), IdempotencyKey.Of("k", Caller.Nobody));

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    [InlineData("\"half")]
    [InlineData("\"a\"b\"")]
    [InlineData("with space")]
    [InlineData("\u00fcmlaut")]
    [InlineData("tab\t")]
    public void A_malformed_key_is_refused(string header) => Refused(header);

    [Fact]
    public void A_missing_key_is_refused() => Refused(StringValues.Empty);

    [Fact]
    public void Two_keys_are_refused() => Refused(new(["a", "b"]));

    [Fact]
    public void A_key_has_at_most_255_characters()
    {
        Assert.NotEqual(default, IdempotencyKey.Of(new string('k', 255), David));
        Refused(new string('k', 256));
    }

    [Fact]
    public void Bodies_are_compared_as_json_not_as_bytes()
    {
        const string One = """
            {"lines":[{"sku":"a","quantity":1,"unitPrice":{"amount":"1.00","currency":"USD"}}],"payment":{"cardToken":"tok_ok"},
             "shipTo":{"name":"n","line1":"l","city":"c","postalCode":"p","country":"US"}}
            """;
        const string Same = """
            {"shipTo":{"country":"US","postalCode":"p","city":"c","line1":"l","name":"n"},"prime":false,"instructions":null,
             "payment":{"cardToken":"tok\u005fok"},"lines":[{"unitPrice":{"currency":"USD","amount":"1.00"},"quantity":1,"sku":"a"}]}
            """;
        Assert.Equal(Hash(One), Hash(Same));
        Assert.NotEqual(Hash(One), Hash(One.Replace("\"quantity\":1", "\"quantity\":2", StringComparison.Ordinal)));
        Assert.NotEqual(Hash(One), Hash(One.Replace("\"city\":\"c\"", "\"city\":\"d\"", StringComparison.Ordinal)));
    }

    private static string Hash(string json) =>
        IdempotencyKey.HashOf(JsonSerializer.Deserialize(json, ConfirmPurchaseJson.Default.ConfirmPurchaseBody)!);

    private static void Refused(StringValues header)
    {
        var problem = Assert.Throws<ProblemException>(() => IdempotencyKey.Of(header, David));
        Assert.Equal((400, "idempotency-key"), (problem.Status, problem.Slug));
    }
}
