using Orders.Api.OrderProcess;
using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess.Exploration;

public sealed class OrderExplorationTests(ITestOutputHelper output)
{
    private const int Runs = 4_000;

    [Fact]
    public void Every_order_ends_once_with_money_kept_only_for_goods_that_left()
    {
        var first = Environment.TickCount;
        output.WriteLine($"seeds {first} to {first + Runs - 1}");

        var ends = Enumerable.Range(first, Runs).Select(seed => Explore(seed, OrderDecision.Decide)).ToHashSet();

        Assert.Equal([OrderState.Completed, OrderState.Rejected, OrderState.Cancelled], ends.Order());
    }

    [Theory]
    [InlineData(typeof(ReleaseStock), "stock is still held")]
    [InlineData(typeof(CommitStock), "stock is still held")]
    [InlineData(typeof(VoidPayment), "a payment is still authorised")]
    [InlineData(typeof(RefundPayment), "the order is stuck")]
    [InlineData(typeof(StopShipment), "the order is stuck")]
    [InlineData(typeof(DispatchDeadline), "the order is stuck")]
    [InlineData(typeof(PaymentDeadline), "the order is stuck")]
    [InlineData(typeof(OrderRejected), "the order did not end exactly once")]
    public void A_process_that_forgets_a_message_is_found_out(Type forgotten, string found) =>
        AssertFound(found, now => OrderDecision.Decide(now) switch
        {
            var right => right with { Outgoing = [.. right.Outgoing.Where(said => said.Message.GetType() != forgotten)] },
        });

    [Fact]
    public void A_process_that_ships_before_it_captures_is_found_out() =>
        AssertFound("goods were shipped that are not paid", now => OrderDecision.Decide(now) switch
        {
            var right when now.Message is ShipmentPacked && right.Ignored is null =>
                right with { Outgoing = [.. right.Outgoing, new OutgoingCommand(new HandOverShipment(now.OrderId))] },
            var right => right,
        });

    [Fact]
    public void A_process_that_captures_again_for_a_duplicate_is_found_out() =>
        AssertFound("twice", now => OrderDecision.Decide(now) switch
        {
            var right when now is { Message: ShipmentPacked, Progress.State: OrderState.Capturing } =>
                right with { Outgoing = [new OutgoingCommand(new CapturePayment(now.OrderId, Examples.Total))] },
            var right => right,
        });

    [Fact]
    public void A_process_that_takes_the_first_hold_for_the_second_is_found_out() =>
        AssertFound("not held", now => OrderDecision.Decide(now with { Progress = now.Progress with { HoldExpiredAt = null } }));

    [Fact]
    public void A_process_that_forgets_its_end_is_found_out() =>
        AssertFound("the order did not end exactly once", now => OrderDecision.Decide(now) switch
        {
            var right when now.Progress.State == OrderState.Completed && now.Message is ShipmentDispatched =>
                right with { Outgoing = [new OutgoingEvent(new OrderCompleted(now.OrderId, now.Now))] },
            var right => right,
        });

    private static OrderState Explore(int seed, Func<Situation, Decision> decide)
    {
        try
        {
            return OrderWorld.Run(seed, decide);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}: {exception.Message}", exception);
        }
    }

    private static void AssertFound(string what, Func<Situation, Decision> broken) => Assert.Contains(
        Enumerable.Range(1, Runs).Select(seed => Record.Exception(() => OrderWorld.Run(seed, broken))).OfType<BrokenPromiseException>(),
        found => found.Message.Contains(what, StringComparison.Ordinal));
}
