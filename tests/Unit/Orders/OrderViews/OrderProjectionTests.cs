using System.Text.Json;
using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.OrderViews;

public sealed class OrderProjectionTests
{
    private static readonly Guid Id = new("0199c000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);
    private static readonly Money Total = new(32349, "USD");

    private static readonly OrderPlaced Placed = new(
        Id, "david", T0, true, "ribbon", [new("2341083", "Blue Jeans", 1, Total)], Total, new("tok_ok"),
        new("David Xiang", "1 Main St", "Springfield", "12345", "US"));

    private static readonly IEvent[] ToTheDoor =
    [
        new StockReserved(Id, T0.AddMinutes(15), At(1)),
        new PaymentAuthorised(Id, Total, At(2)),
        new DeliveryPromised(Id, At(100), At(3)),
        new OrderConfirmed(Id, At(4)),
        new ShipmentPacked(Id, [new("2341083", 1)], At(5)),
        new PaymentCaptured(Id, Total, At(6)),
        new ShipmentDispatched(Id, "ups", "1Z", At(7)),
        new StockCommitted(Id, At(8)),
        new OrderCompleted(Id, At(9)),
    ];

    [Fact]
    public void A_good_order_reads_completed()
    {
        var order = Tell(ToTheDoor);

        Assert.Equal(OrderStatus.Completed, order.Status);
        Assert.Equal("committed", order.Stock.Status);
        Assert.Equal(new("captured", Total, Total, null), order.Payment);
        Assert.Equal(new("dispatched", At(100), "1Z", At(7)), order.Shipment);
        Assert.Equal(10, order.Version);
        Assert.Equal(At(9), order.UpdatedAt);
    }

    [Fact]
    public void The_version_is_the_length_of_the_timeline()
    {
        var order = OrderDocument.Of(Placed);
        foreach (var message in ToTheDoor)
        {
            order = OrderProjection.Apply(order, message);
            Assert.Equal(order.Timeline.Count, order.Version);
        }
    }

    [Fact]
    public void Told_twice_nothing_is_appended_twice()
    {
        Assert.Equal(Json(Tell(ToTheDoor)), Json(Tell([.. ToTheDoor, .. ToTheDoor])));
        Assert.Equal(Json(Tell(ToTheDoor)), Json(Tell([.. ToTheDoor.SelectMany(message => new[] { message, message })])));
    }

    [Fact]
    public void An_event_that_happens_once_is_told_once_even_with_another_time()
    {
        var order = Tell(new PaymentCaptured(Id, Total, At(1)), new PaymentCaptured(Id, Total, At(2)));

        Assert.Equal(2, order.Version);
    }

    [Fact]
    public void Stock_that_is_held_again_is_told_again()
    {
        var order = Tell(
            new StockReserved(Id, At(9), At(1)), new StockReleased(Id, At(2)), new StockReserved(Id, At(20), At(3)));

        Assert.Equal("held", order.Stock.Status);
        Assert.Equal(["order-placed", "stock-held", "stock-released", "stock-held"], order.Timeline.Select(entry => entry.Event));
    }

    [Fact]
    public void An_order_ends_once()
    {
        var order = Tell(
            new StockShort(Id, ["2341083"], At(0)),
            new PaymentVoided(Id, At(0)),
            new OrderRejected(Id, RejectionReasons.OutOfStock, At(1)),
            new OrderCompleted(Id, At(2)),
            new OrderCancelled(Id, "late", At(3)),
            new OrderCancelling(Id, "late", At(4)),
            new OrderConfirmed(Id, At(5)));

        Assert.Equal((OrderStatus.Rejected, RejectionReasons.OutOfStock, 4), (order.Status, order.Reason, order.Version));
    }

    [Fact]
    public void An_end_shows_once_what_it_undoes_is_undone()
    {
        IEvent[] told =
        [
            new StockReserved(Id, At(9), At(1)),
            new PaymentAuthorised(Id, Total, At(2)),
            new OrderConfirmed(Id, At(3)),
            new OrderRejected(Id, RejectionReasons.CaptureFailed, At(4)),
            new PaymentVoided(Id, At(5)),
            new StockReleased(Id, At(6)),
        ];

        Assert.Equal(
            ["accepted", "accepted", "accepted", "confirmed", "confirmed", "confirmed", "rejected"],
            Enumerable.Range(0, told.Length + 1).Select(count => Tell(told[..count]).Status));
        var order = Tell(told);
        Assert.Equal((OrderStatus.Rejected, "voided", "released"), (order.Status, order.Payment.Status, order.Stock.Status));
    }

    [Fact]
    public void Completed_shows_once_the_stock_is_committed()
    {
        IEvent[] early = [.. ToTheDoor.Where(message => message is not StockCommitted), new StockCommitted(Id, At(10))];

        Assert.Equal(OrderStatus.Dispatching, Tell(early[..^1]).Status);
        Assert.Equal(OrderStatus.Completed, Tell(early).Status);
    }

    [Fact]
    public void A_payment_that_nobody_can_tell_anything_about_is_not_waited_for()
    {
        var order = Tell(new OrderRejected(Id, RejectionReasons.PaymentUnresolved, At(1)), new StockReleased(Id, At(2)));

        Assert.Equal((OrderStatus.Rejected, "pending"), (order.Status, order.Payment.Status));
    }

    [Fact]
    public void An_order_whose_end_is_decided_goes_no_further()
    {
        var order = Tell(new OrderRejected(Id, RejectionReasons.CaptureFailed, At(1)), new ShipmentPacked(Id, [], At(2)));

        Assert.Equal(OrderStatus.Accepted, order.Status);
    }

    [Fact]
    public void A_declined_payment_and_short_stock_stay_so_when_they_are_closed()
    {
        var order = Tell(
            new PaymentDeclined(Id, "no funds", At(1)), new PaymentVoided(Id, At(2)),
            new StockShort(Id, ["2341083"], At(3)), new StockReleased(Id, At(4)));

        Assert.Equal(("declined", "short"), (order.Payment.Status, order.Stock.Status));
    }

    [Fact]
    public void A_late_event_never_takes_the_status_back()
    {
        var order = Tell(
            new OrderCancelling(Id, "changed my mind", At(1)), new OrderConfirmed(Id, At(2)), new ShipmentPacked(Id, [], At(3)));

        Assert.Equal((OrderStatus.Cancelling, "packed"), (order.Status, order.Shipment.Status));
    }

    [Fact]
    public void A_promise_that_comes_late_does_not_unpack_the_shipment()
    {
        var order = Tell(new ShipmentPacked(Id, [], At(1)), new DeliveryPromised(Id, At(9), At(2)));

        Assert.Equal(new("packed", At(9), null, null), order.Shipment);
    }

    [Fact]
    public void A_cancellation_that_came_too_late_leaves_no_reason()
    {
        var order = Tell(new OrderCancelling(Id, "changed my mind", At(1)), new OrderCompleted(Id, At(2)), new StockCommitted(Id, At(3)));

        Assert.Equal((OrderStatus.Completed, null), (order.Status, order.Reason));
    }

    [Fact]
    public void Attention_is_needed_until_the_end()
    {
        var order = Tell(new DispatchFailed(Id, "no carrier", At(1)), new OrderNeedsAttention(Id, "no carrier", At(2)));

        Assert.True(order.NeedsAttention);
        Assert.Equal("failed", order.Shipment.Status);
        Assert.False(OrderProjection.Apply(order, new OrderCancelled(Id, CancellationReasons.DispatchFailed, At(3))).NeedsAttention);
    }

    [Fact]
    public void The_document_is_the_one_that_the_contract_shows()
    {
        var json = Json(OrderDocument.Of(Placed));

        Assert.Equal(
            """
            {"orderId":"0199c000-0000-7000-8000-000000000001","userId":"david","status":"accepted","reason":null,"needsAttention":false,
            "version":1,"placedAt":"2026-11-21T10:00:00Z","updatedAt":"2026-11-21T10:00:00Z","prime":true,"instructions":"ribbon",
            "lines":[{"sku":"2341083","name":"Blue Jeans","quantity":1,"unitPrice":{"amount":"323.49","currency":"USD"}}],
            "total":{"amount":"323.49","currency":"USD"},"stock":{"status":"pending"},
            "payment":{"status":"pending","authorised":null,"captured":null,"refunded":null},
            "shipment":{"status":"pending","promisedBy":null,"trackingNumber":null,"dispatchedAt":null},
            "timeline":[{"at":"2026-11-21T10:00:00Z","event":"order-placed","detail":null}]}
            """.ReplaceLineEndings(""),
            json);
    }

    [Fact]
    public void Every_event_of_an_order_has_a_place_in_the_document()
    {
        var projected = typeof(OrderProjectionHandler).GetInterfaces()
            .Where(type => type.IsGenericType)
            .Select(type => type.GetGenericArguments()[0])
            .ToHashSet();
        var published = Catalogue.Messages
            .Where(message => message.Owner is null && message.Type.GetProperty("OrderId") is not null)
            .Select(message => message.Type)
            // A reminder to the order process, of no meaning to shoppers; and what the document itself says.
            .Where(type => type != typeof(HoldExpired) && type != typeof(OrderStatusChanged) && type != typeof(OrderErased));

        Assert.Equal(published.Select(type => type.Name).Order(StringComparer.Ordinal), projected.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    private static DateTimeOffset At(int seconds) => T0.AddSeconds(seconds);

    private static OrderDocument Tell(params IEvent[] messages) =>
        messages.Aggregate(OrderDocument.Of(Placed), OrderProjection.Apply);

    private static string Json(OrderDocument order) => JsonSerializer.Serialize(order, OrderDocumentJson.Default.OrderDocument);
}
