using System.Text.Json;
using Orders.Api.RequestCancellation;
using Orders.Api.OrderViews;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Tests.Unit.OrdersApi.RequestCancellation;

public sealed class CancelDecisionTests
{
    private static readonly Money Total = new(100, "USD");

    [Theory]
    [InlineData(OrderStatus.Accepted, "pending", nameof(CancelAnswer.Ask))]
    [InlineData(OrderStatus.Confirmed, "promised", nameof(CancelAnswer.Ask))]
    [InlineData(OrderStatus.Dispatching, "packed", nameof(CancelAnswer.Ask))]
    [InlineData(OrderStatus.Dispatching, "failed", nameof(CancelAnswer.Ask))]
    [InlineData(OrderStatus.Dispatching, "dispatched", nameof(CancelAnswer.Dispatched))]
    [InlineData(OrderStatus.Completed, "dispatched", nameof(CancelAnswer.Dispatched))]
    [InlineData(OrderStatus.Cancelling, "packed", nameof(CancelAnswer.UnderWay))]
    [InlineData(OrderStatus.Cancelled, "stopped", nameof(CancelAnswer.UnderWay))]
    [InlineData(OrderStatus.Rejected, "pending", nameof(CancelAnswer.Rejected))]
    public void An_order_is_cancelled_only_before_it_is_dispatched(string status, string shipment, string answer) =>
        Assert.Equal(answer, CancelDecision.Decide(Stored(status, shipment)).ToString());

    [Fact]
    public void A_decided_end_counts_before_it_shows()
    {
        var rejected = OrderProjection.Apply(Document(), new OrderRejected(Guid.Empty, RejectionReasons.OutOfStock, DateTimeOffset.UnixEpoch));

        Assert.Equal(OrderStatus.Accepted, rejected.Status);
        Assert.Equal(CancelAnswer.Rejected, CancelDecision.Decide(Stored(rejected)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void A_reason_is_words(string reason) =>
        Assert.Equal(400, Assert.Throws<ProblemException>(() => CancelReason.Check(reason)).Status);

    [Fact]
    public void A_reason_has_at_most_500_characters()
    {
        CancelReason.Check(new('x', 500));
        Assert.Equal(400, Assert.Throws<ProblemException>(() => CancelReason.Check(new('x', 501))).Status);
    }

    [Fact]
    public void A_reason_holds_no_card_number() => Assert.Equal(
        "card-number-refused", Assert.Throws<ProblemException>(() => CancelReason.Check("not 4111 1111 1111 1111")).Slug);

    private static OrderDocument Document() => OrderDocument.Of(new(
        Guid.Empty, null, DateTimeOffset.UnixEpoch, false, null, [new("a", "A", 1, Total)], Total, new("tok_ok"),
        new("n", "l", "c", "p", "US")));

    private static StoredOrder Stored(string status, string shipment) =>
        Stored(Document() with { Status = status, Shipment = Document().Shipment with { Status = shipment } });

    private static StoredOrder Stored(OrderDocument document) => new(
        Guid.Empty, null, document.Status, 1, JsonSerializer.SerializeToUtf8Bytes(document, OrderDocumentJson.Default.OrderDocument));
}
