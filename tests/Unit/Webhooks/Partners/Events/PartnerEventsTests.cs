using System.Text.Json.Nodes;
using Orders.Contracts;
using Orders.Webhooks.Partners.Events;

namespace Orders.Tests.Unit.Webhooks.Partners.Events;

public sealed class PartnerEventsTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrderPlaced Placed = new(
        Guid.CreateVersion7(), "david", At, true, "Ring twice", [new("2341083", "Ribbon", 2, new(1050, "USD"))], new(2100, "USD"), new("tok_ok", "GIFT"),
        new("David Xiang", "1 Main St", "Springfield", "12345", "US", null));

    [Fact]
    public void A_placed_order_is_told_as_its_document_without_what_is_personal()
    {
        var told = PartnerEvents.Of(Placed);
        var body = JsonNode.Parse(told.Body)!;

        Assert.Equal(("order.accepted", Placed.OrderId.ToString(), At), (told.Type, told.Key, told.At));
        Assert.Equal(["data", "timestamp", "type"], body.AsObject().Select(member => member.Key).Order());
        Assert.Equal(
            ["lines", "orderId", "payment", "placedAt", "prime", "reason", "shipment", "status", "total", "updatedAt", "version"],
            body["data"]!.AsObject().Select(member => member.Key).Order());
        Assert.All(new[] { "david", "David", "Main", "Ring", "tok_ok", "GIFT" }, word => Assert.DoesNotContain(word, told.Body, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("confirmed", "order.confirmed")]
    [InlineData("dispatching", "order.dispatching")]
    [InlineData("completed", "order.completed")]
    [InlineData("rejected", "order.rejected")]
    [InlineData("cancelled", "order.cancelled")]
    [InlineData("cancelling", null)]
    [InlineData("unheard-of", null)]
    public void A_status_is_told_where_partners_may_listen_to_it(string status, string? type) => Assert.Equal(type, PartnerEvents.TypeOf(Changed(status, 3)));

    [Fact]
    public void The_same_happening_has_the_same_id_and_no_other_has_it()
    {
        object[] all =
        [
            Placed, Changed("confirmed", 3), Changed("confirmed", 4), Changed("completed", 4), new StockLow("a", 1, At), new StockLow("a", 1, At.AddTicks(1)), new StockLow("b", 1, At),
            Customer("a", 1), Customer("a", 2), Customer("b", 1),
        ];

        Assert.Equal(all.Length, all.Select(one => PartnerEvents.Of(one).Id).Distinct().Count());
        Assert.Equal(all.Select(one => PartnerEvents.Of(one).Id), all.Select(one => PartnerEvents.Of(one).Id));
    }

    [Fact]
    public void Of_a_customer_partners_hear_that_it_changed_and_not_how() =>
        Assert.Equal("""{"id":"a","source":"demo","deleted":false,"revision":1,"version":17}""", JsonNode.Parse(PartnerEvents.Of(Customer("a", 1)).Body)!["data"]!.ToJsonString());

    private static OrderStatusChanged Changed(string status, int version) => new(
        Placed.OrderId, status, null, version, At, At, true, Placed.Lines, Placed.Total, new("pending", null, null, null), new("pending", null, null, null));

    private static CustomerChanged Customer(string id, long revision) => new("demo", id, revision, "a@b.c", "Ann", "1", false, 17, At);
}
