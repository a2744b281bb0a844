using System.Text.Json;
using Orders.Api.EraseOrders;
using Orders.Api.OrderViews;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.EraseOrders;

public sealed class OrderErasureTests
{
    private const string Own = "I, David Xiang, moved to 2 Elm St";
    private static readonly Guid Id = new("0199c000-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset T0 = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    private static readonly OrderDocument Order = new IEvent[]
    {
        new PaymentDeclined(Id, "David's card is empty", T0),
        new StockShort(Id, ["2341083"], T0),
        new ShipmentDispatched(Id, "ups", "1Z", T0),
        new DispatchFailed(Id, "nobody at 1 Main St", T0),
        new OrderNeedsAttention(Id, "nobody at 1 Main St", T0),
        new OrderCancelling(Id, Own, T0),
        new OrderCancelled(Id, Own, T0),
    }.Aggregate(
        OrderDocument.Of(new(
            Id, "david", T0, true, "Ring twice, David", [new("2341083", "Ribbon", 2, new(1050, "USD"))], new(2100, "USD"), new("tok_ok"),
            new("David Xiang", "1 Main St", "Springfield", "12345", "US"))),
        OrderProjection.Apply);

    [Fact]
    public void Nothing_that_names_the_person_is_left()
    {
        var erased = OrderErasure.Of(Order, T0.AddDays(1));

        var text = JsonSerializer.Serialize(erased, OrderDocumentJson.Default.OrderDocument);
        Assert.DoesNotContain("david", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Main St", text, StringComparison.Ordinal);
        Assert.Equal((null, null, CancellationReasons.ByShopper), (erased.UserId, erased.Instructions, erased.Reason));
    }

    [Fact]
    public void Sums_items_states_and_our_own_words_stay()
    {
        var erased = OrderErasure.Of(Order, T0.AddDays(1));

        Assert.Equal((Order.Total, Order.Lines, Order.Status, Order.PlacedAt, Order.Prime), (erased.Total, erased.Lines, erased.Status, erased.PlacedAt, erased.Prime));
        Assert.Equal((Order.Stock, Order.Payment, Order.Shipment), (erased.Stock, erased.Payment, erased.Shipment));
        Assert.Equal(["2341083", "ups", "cancelled-by-shopper"], erased.Timeline.Select(entry => entry.Detail).OfType<string>().Distinct());
        Assert.Equal(RejectionReasons.OutOfStock, OrderErasure.Of(Order with { Reason = RejectionReasons.OutOfStock }, T0).Reason);
    }

    [Fact]
    public void The_timeline_tells_of_it_and_of_everything_before()
    {
        var erased = OrderErasure.Of(Order, T0.AddDays(1));

        Assert.Equal(new(T0.AddDays(1), "personal-data-erased", null), erased.Timeline[^1]);
        Assert.Equal(Order.Timeline.Select(entry => (entry.At, entry.Event)), erased.Timeline.SkipLast(1).Select(entry => (entry.At, entry.Event)));
        Assert.Equal((Order.Version + 1, erased.Timeline.Count, T0.AddDays(1)), (erased.Version, erased.Version, erased.UpdatedAt));
        Assert.Equal((false, true), (OrderErasure.IsDone(Order), OrderErasure.IsDone(erased)));
    }

    [Fact]
    public void A_late_event_brings_nothing_back()
    {
        var erased = OrderErasure.Of(Order, T0.AddDays(1));

        Assert.Same(erased, OrderProjection.Apply(erased, new OrderCancelling(Id, Own, T0.AddDays(2))));
        Assert.Same(erased, OrderProjection.Apply(erased, new OrderCancelled(Id, Own, T0.AddDays(2))));
    }
}
