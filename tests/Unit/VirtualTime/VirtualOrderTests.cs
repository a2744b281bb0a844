using System.Diagnostics;
using Orders.Api.OrderProcess;
using Orders.Bus.Testing.Replay;
using Orders.Contracts;
using Orders.Hosting;
using Orders.Tests.Unit.Exploration;

namespace Orders.Tests.Unit.VirtualTime;

/// <summary>Orders whose lives take weeks, in no time.</summary>
public sealed class VirtualOrderTests(ITestOutputHelper output)
{
    private static readonly Deadlines Patient = new(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromDays(30));

    [Fact]
    public async Task A_good_order_completes_at_once()
    {
        var orders = new VirtualOrders(new(), Patient);

        await orders.PlaceAsync();

        Assert.Equal(OrderState.Completed, orders.State);
        Assert.True(orders.Process.HasEnded(Scenario.OrderId));
        Assert.Empty(orders.Bus.ErrorQueue);
    }

    [Fact]
    public async Task An_order_that_no_carrier_takes_is_refunded_after_thirty_days_and_not_before()
    {
        var orders = new VirtualOrders(new() { PostalCode = Scenario.Nowhere }, Patient);
        var started = Stopwatch.GetTimestamp();

        await orders.PlaceAsync();
        await orders.Bus.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        var before = orders.State;
        await orders.Bus.AdvanceAsync(TimeSpan.FromSeconds(1));

        output.WriteLine($"30 days in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F1} ms");
        Assert.Equal(OrderState.HandOverFailed, before);
        Assert.Equal(OrderState.Cancelled, orders.State);
        Assert.Null(Promises.AtRest(orders.World with { Saga = "{}", Ended = true, Ends = [nameof(OrderCancelled)] }));
    }

    [Fact]
    public async Task A_module_that_is_out_for_weeks_is_retried_until_it_is_back()
    {
        var orders = new VirtualOrders(new(), Patient);
        orders.Modules[Endpoints.Payments].Recoverability().Delayed(delayed => delayed.NumberOfRetries(100).TimeIncrease(TimeSpan.FromHours(1)).MaxTimeIncrease(TimeSpan.FromDays(1)));
        var back = Scenario.Noon + TimeSpan.FromDays(20);
        orders.Fault = (_, message) =>
        {
            if (message is CapturePayment && orders.Bus.Clock.GetUtcNow() < back)
            {
                throw new TimeoutException("The database is away.");
            }
        };

        await orders.PlaceAsync();
        await orders.Bus.AdvanceAsync(TimeSpan.FromDays(29));

        Assert.Equal(OrderState.Completed, orders.State);
        var captured = orders.Bus.Said.Single(message => message.Content is PaymentCaptured);
        Assert.InRange(captured.At, back, back + TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task What_gives_up_waits_in_the_error_queue_until_it_is_retried()
    {
        var orders = new VirtualOrders(new(), Patient);
        var broken = true;
        orders.Fault = (_, message) =>
        {
            if (message is CapturePayment && broken)
            {
                throw new InvalidOperationException("A bug.");
            }
        };

        await orders.PlaceAsync();
        await orders.Bus.AdvanceAsync(TimeSpan.FromDays(10));
        var failure = Assert.Single(orders.Bus.ErrorQueue);
        broken = false;
        orders.Bus.RetryFailed();
        await orders.Bus.SettleAsync();

        Assert.Equal((Endpoints.Payments, "A bug.", 3), (failure.Endpoint, failure.Fault.Message, failure.Retries));
        Assert.IsType<CapturePayment>(failure.Message.Content);
        Assert.Equal(OrderState.Completed, orders.State);
    }

    [Fact]
    public async Task Runs_side_by_side_do_not_touch_each_other_and_come_out_alike()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(async () =>
        {
            var orders = new VirtualOrders(new() { PostalCode = Scenario.Nowhere }, Patient);
            await orders.PlaceAsync();
            await orders.Bus.AdvanceAsync(TimeSpan.FromDays(31));
            return string.Join('\n', orders.Process.History(Scenario.OrderId).Select(HistoryFile.Line));
        })));

        Assert.Single(runs.Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_it_did_replays()
    {
        var orders = new VirtualOrders(new() { PostalCode = Scenario.Nowhere }, Patient);
        await orders.PlaceAsync();
        await orders.Bus.AdvanceAsync(TimeSpan.FromDays(31));
        var replay = new SagaReplay<OrderSaga, OrderSagaData>(
            Recording.All, OrderSagaJson.Default.OrderSagaData, clock => new(OrderTransitions.Current, clock, Patient));

        var history = orders.Process.History(Scenario.OrderId);

        Assert.True(history[^1].Timeout || history[^1].Completed);
        Assert.Null(replay.Run(history));
    }
}
