using System.Text.Json;
using Orders.Api.OrderProcess;
using Orders.Bus.Testing;
using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess;

public sealed class OrderSagaTests
{
    private readonly TestableSaga<OrderSaga, OrderSagaData> saga;

    public OrderSagaTests()
    {
        TestableSaga<OrderSaga, OrderSagaData>? running = null;
        saga = running = new(() => new(OrderTransitions.Current, new SagaClock(() => running!.CurrentTime), Examples.Deadlines), Examples.Noon);
    }

    [Fact]
    public async Task An_order_runs_to_its_end()
    {
        var placed = await saga.Handle(Examples.Placed);
        await saga.Handle(Examples.Reserved);
        var confirmed = await saga.Handle(Examples.Authorised);
        var packed = await saga.Handle(Examples.Packed);
        var captured = await saga.Handle(Examples.Captured);
        var dispatched = await saga.Handle(Examples.Dispatched);

        Assert.NotNull(placed.FindTimeoutMessage<PaymentDeadline>());
        Assert.NotNull(confirmed.FindPublishedMessage<OrderConfirmed>());
        Assert.NotNull(confirmed.FindSentMessage<DispatchOrder>());
        Assert.Equal(Examples.Total, packed.FindSentMessage<CapturePayment>()?.Amount);
        Assert.NotNull(captured.FindSentMessage<HandOverShipment>());
        Assert.NotNull(dispatched.FindPublishedMessage<OrderCompleted>());
        Assert.True(dispatched.Completed);
    }

    [Fact]
    public async Task A_payment_that_nobody_answers_for_is_rejected_at_its_deadline()
    {
        await saga.Handle(Examples.Placed);

        Assert.Empty(await saga.AdvanceTime(Examples.Deadlines.Payment - TimeSpan.FromSeconds(1)));
        var overdue = Assert.Single(await saga.AdvanceTime(TimeSpan.FromSeconds(1)));

        Assert.Equal(RejectionReasons.PaymentUnresolved, overdue.FindPublishedMessage<OrderRejected>()?.Reason);
        Assert.True(overdue.Completed);
    }

    [Fact]
    public async Task A_confirmed_order_that_is_not_dispatched_is_cancelled_at_its_deadline()
    {
        await saga.Handle(Examples.Placed);
        await saga.Handle(Examples.Reserved);
        await saga.Handle(Examples.Authorised);

        var overdue = await saga.AdvanceTime(Examples.Deadlines.Dispatch);

        Assert.Equal(CancellationReasons.DispatchFailed, overdue[^1].FindPublishedMessage<OrderCancelling>()?.Reason);
    }

    public static TheoryData<string> Starters() =>
        [.. new object[]
        {
            Examples.Placed, Examples.Cancel, Examples.Reserved, Examples.Short, Examples.Expired, Examples.Authorised,
            Examples.Declined, Examples.Unresolved,
        }.Select(message => message.GetType().Name)];

    [Theory]
    [MemberData(nameof(Starters))]
    public async Task Whatever_comes_first_starts_the_order(string messageName)
    {
        dynamic message = Examples.OfEveryKind.Single(example => example.GetType().Name == messageName);

        HandleResult<OrderSagaData> result = await saga.Handle(message);

        Assert.Equal(Examples.OrderId, result.SagaDataSnapshot.OrderId);
        Assert.NotEqual(OrderState.New, result.SagaDataSnapshot.Progress.State);
    }

    [Fact]
    public async Task What_is_stored_is_small_and_reads_back_the_same()
    {
        await saga.Handle(Examples.Placed);
        await saga.Handle(Examples.Expired);
        var data = (await saga.Handle(Examples.Authorised)).SagaDataSnapshot;

        var json = JsonSerializer.Serialize(data, OrderSagaJson.Default.OrderSagaData);
        var read = JsonSerializer.Deserialize(json, OrderSagaJson.Default.OrderSagaData)!;

        Assert.InRange(json.Length, 1, 450);
        Assert.Contains("\"state\":\"ReservingAgain\"", json, StringComparison.Ordinal);
        Assert.Equal(data.Progress.Lines!, read.Progress.Lines!);
        Assert.Equal(data.Progress with { Lines = null }, read.Progress with { Lines = null });
    }

    [Fact]
    public void The_timeouts_belong_to_their_order() => Assert.All(
        OrderProcessMessages.All.Zip([(object)Examples.PaymentOverdue, Examples.DispatchOverdue]),
        pair => Assert.Equal(Examples.OrderId.ToString(), pair.First.Key(pair.Second)));

    private sealed class SagaClock(Func<DateTimeOffset> now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now();
    }
}
