using Orders.Api.OrderProcess;
using Orders.Contracts;
using static Orders.Tests.Unit.Orders.OrderProcess.Examples;

namespace Orders.Tests.Unit.Orders.OrderProcess;

public sealed class OrderRaceTests
{
    private static readonly object[] ToPacking = [Placed, Reserved, Authorised];
    private static readonly object[] ToCapturing = [.. ToPacking, Packed];
    private static readonly object[] ToHandingOver = [.. ToCapturing, Captured];

    [Fact]
    public void A_good_order_is_completed()
    {
        var order = After([.. ToHandingOver, Dispatched]);

        Assert.Equal(OrderState.Completed, order.Progress.State);
        Assert.Equal(
            ["PaymentDeadline", "OrderConfirmed", "DispatchOrder", "DispatchDeadline", "CapturePayment", "HandOverShipment", "CommitStock", "OrderCompleted"],
            order.Names());
    }

    [Fact]
    public void Answers_that_overtake_the_order_confirm_it_once_it_is_placed()
    {
        Assert.Empty(After(Authorised, Reserved).Outgoing);
        Assert.Equal(["OrderConfirmed", "DispatchOrder", "DispatchDeadline"], After(Authorised, Reserved, Placed).Names());
    }

    [Fact]
    public void A_declined_card_releases_the_hold_even_before_the_order_is_seen() =>
        Assert.Equal(["ReleaseStock", "OrderRejected"], After(Declined, Placed, Reserved).Names());

    [Fact]
    public void Short_stock_voids_the_payment_and_rejects()
    {
        var order = After(Placed, Authorised, Short);

        Assert.Equal(["PaymentDeadline", "VoidPayment", "OrderRejected"], order.Names());
        Assert.Equal(RejectionReasons.OutOfStock, Single<OrderRejected>(order).Reason);
    }

    [Fact]
    public void An_unknown_payment_is_rejected_at_its_deadline_and_a_late_authorisation_changes_nothing()
    {
        var order = After(Placed, Reserved, PaymentOverdue, Unresolved, Authorised);

        Assert.Equal(["PaymentDeadline", "ReleaseStock", "VoidPayment", "OrderRejected"], order.Names());
        Assert.Equal(RejectionReasons.PaymentUnresolved, Single<OrderRejected>(order).Reason);
    }

    [Fact]
    public void The_payment_deadline_leaves_an_order_alone_that_only_waits_for_stock() =>
        Assert.Equal(OrderState.AwaitingStock, After(Placed, Authorised, PaymentOverdue).Progress.State);

    [Fact]
    public void A_hold_that_runs_out_before_the_authorisation_is_released_and_asked_for_again()
    {
        var order = After(Placed, Reserved, Expired, Authorised);

        Assert.Equal(["PaymentDeadline", "ReleaseStock", "ReserveStock"], order.Names());
        Assert.Equal([("tea", 2), ("cup", 1)], Single<ReserveStock>(order).Lines.Select(line => (line.Sku, line.Quantity)));
    }

    [Fact]
    public void The_first_holds_announcement_is_not_taken_for_the_second() =>
        Assert.Equal(OrderState.ReservingAgain, After(Placed, Reserved, Expired, Authorised, Reserved).Progress.State);

    [Fact]
    public void The_second_hold_confirms() =>
        Assert.Equal(OrderState.Packing, After(Placed, Expired, Reserved, Authorised, ReservedAgain).Progress.State);

    [Fact]
    public void A_second_hold_that_fails_voids_and_rejects()
    {
        var order = After(Placed, Reserved, Expired, Authorised, Short);

        Assert.Equal(["VoidPayment", "OrderRejected"], order.Names().TakeLast(2));
        Assert.Equal(OrderState.Rejected, order.Progress.State);
    }

    [Fact]
    public void A_hold_that_runs_out_after_the_confirmation_stays() =>
        Assert.True(SameDecision(After(ToPacking), After([.. ToPacking, Expired])));

    [Fact]
    public void Exactly_what_is_packed_is_captured()
    {
        var packed = new ShipmentPacked(OrderId, [new("tea", 1), new("cup", 1)], Noon);

        Assert.Equal(new Money(150, "USD"), Single<CapturePayment>(After([.. ToPacking, packed])).Amount);
    }

    [Theory]
    [InlineData("tea", 3)]
    [InlineData("tea", 0)]
    [InlineData("pot", 1)]
    public void A_shipment_of_what_was_not_ordered_is_refused(string sku, int quantity) => Assert.Throws<InvalidOperationException>(
        () => After([.. ToPacking, new ShipmentPacked(OrderId, [new(sku, quantity)], Noon)]));

    [Fact]
    public void A_refused_capture_closes_everything_and_rejects()
    {
        var order = After([.. ToCapturing, CaptureFailed]);

        Assert.Equal(["VoidPayment", "ReleaseStock", "StopShipment", "OrderRejected"], order.Names().TakeLast(4));
        Assert.Equal(RejectionReasons.CaptureFailed, Single<OrderRejected>(order).Reason);
    }

    [Fact]
    public void A_cancellation_before_the_confirmation_closes_payment_and_hold()
    {
        var order = After(Placed, Reserved, Cancel);

        Assert.Equal(["OrderCancelling", "VoidPayment", "ReleaseStock"], order.Names().TakeLast(3));
        Assert.Equal(OrderState.Cancelled, After(Placed, Reserved, Cancel, Authorised, Voided).Progress.State);
    }

    [Fact]
    public void A_cancellation_before_the_capture_stops_the_shipment_too() => Assert.Equal(
        ["OrderCancelling", "StopShipment", "VoidPayment", "ReleaseStock", "OrderCancelled"],
        After([.. ToPacking, Cancel, Packed, Stopped, Voided]).Names().TakeLast(5));

    [Fact]
    public void A_void_that_found_the_money_taken_ends_as_a_refund() =>
        Assert.Equal(OrderState.Cancelled, After([.. ToPacking, Cancel, Refunded]).Progress.State);

    [Theory]
    [InlineData(0, nameof(OrderState.Rejected))]
    [InlineData(3, nameof(OrderState.Rejected))]
    [InlineData(4, nameof(OrderState.Rejected))]
    [InlineData(5, nameof(OrderState.Cancelled))]
    public void A_payment_that_closed_by_itself_is_not_waited_for_again(int messagesBefore, string end)
    {
        object[] before = [.. ToCapturing, Cancel];

        Assert.Equal(end, After([.. before[..messagesBefore], Voided, Cancel, CaptureFailed]).Progress.State.ToString());
    }

    [Fact]
    public void A_cancellation_while_the_capture_is_in_flight_waits_for_it()
    {
        Assert.Equal("OrderCancelling", After([.. ToCapturing, Cancel]).Names().Last());
        Assert.Equal(
            ["StopShipment", "RefundPayment", "ReleaseStock", "OrderCancelled"],
            After([.. ToCapturing, Cancel, Captured, Stopped, Refunded]).Names().TakeLast(4));
    }

    [Fact]
    public void A_cancellation_while_a_capture_fails_is_a_cancellation_not_a_rejection()
    {
        var order = After([.. ToCapturing, Cancel, CaptureFailed, Voided]);

        Assert.Equal(["StopShipment", "VoidPayment", "ReleaseStock", "OrderCancelled"], order.Names().TakeLast(4));
        Assert.Equal("changed my mind", Single<OrderCancelled>(order).Reason);
    }

    [Fact]
    public void A_cancellation_that_loses_against_the_carrier_completes_the_order() =>
        Assert.Equal(["CommitStock", "OrderCompleted"], After([.. ToHandingOver, Cancel, Dispatched]).Names().TakeLast(2));

    [Fact]
    public void A_failed_dispatch_asks_for_an_operator_and_may_still_go_out()
    {
        Assert.Equal("no carrier", Single<OrderNeedsAttention>(After([.. ToHandingOver, FailedDispatch])).Detail);
        Assert.Equal(OrderState.Completed, After([.. ToHandingOver, FailedDispatch, Dispatched]).Progress.State);
    }

    [Fact]
    public void The_dispatch_deadline_stops_refunds_restocks_and_cancels()
    {
        var order = After([.. ToHandingOver, FailedDispatch, DispatchOverdue, Stopped, Refunded]);

        Assert.Equal(["OrderCancelling", "StopShipment", "RefundPayment", "ReleaseStock", "OrderCancelled"], order.Names().TakeLast(5));
        Assert.Equal(CancellationReasons.DispatchFailed, Single<OrderCancelled>(order).Reason);
    }

    [Fact]
    public void The_first_reason_of_a_cancellation_stands() => Assert.Equal(
        "changed my mind", Single<OrderCancelled>(After([.. ToHandingOver, Cancel, DispatchOverdue, Stopped, Refunded])).Reason);

    [Fact]
    public void Lines_are_forgotten_once_they_are_priced()
    {
        Assert.NotNull(After(ToPacking).Progress.Lines);
        Assert.Null(After(ToCapturing).Progress.Lines);
    }

    private static T Single<T>(Decision order) => Assert.Single(order.Outgoing.Select(said => said.Message).OfType<T>());

    private static bool SameDecision(Decision left, Decision right) =>
        left.Progress.State == right.Progress.State && left.Names().SequenceEqual(right.Names());
}
