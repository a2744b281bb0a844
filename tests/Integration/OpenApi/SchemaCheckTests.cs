using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Tests.Integration.OpenApi;

/// <summary>The control of <see cref="AnswerTests"/>: the check finds what is wrong.</summary>
public sealed class SchemaCheckTests(DescribedHost host) : IClassFixture<DescribedHost>
{
    private JsonNode Schema => host.Document["components"]!["schemas"]!["OrderDocument"]!;

    [Fact]
    public void An_order_is_as_documented() => Assert.Empty(new SchemaCheck(host.Document).Faults(Order(), Schema));

    [Theory]
    [InlineData("/orderId", "\"not-a-uuid\"")]
    [InlineData("/total", "\"10.00\"")]
    [InlineData("/lines/0/quantity", "\"1\"")]
    [InlineData("/stock/status", "\"lost\"")]
    [InlineData("/payment/captured", "7")]
    [InlineData("/timeline", null)]
    public void A_planted_mismatch_is_found(string at, string? value)
    {
        var sent = Order();
        var steps = at[1..].Split('/');
        var holder = steps[..^1].Aggregate(sent, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!);
        _ = value is null ? holder.AsObject().Remove(steps[^1]) : (holder[steps[^1]] = JsonNode.Parse(value)) is null;

        Assert.Contains(new SchemaCheck(host.Document).Faults(sent, Schema), fault => fault.StartsWith(at + " ", StringComparison.Ordinal));
    }

    private static JsonNode Order() => JsonSerializer.SerializeToNode(
        OrderDocument.Of(new OrderPlaced(
            Guid.CreateVersion7(), "david", DateTimeOffset.UnixEpoch, false, null, [new("A", "A", 1, new(1000, "USD"))],
            new(1000, "USD"), new("tok_ok"), new("David Xiang", "1 Main St", "Springfield", "12345", "US"))),
        OrderDocumentJson.Default.OrderDocument)!;
}
