using Orders.Bus.Testing.VirtualTime;
using Orders.Contracts;
using Orders.Tests.Unit.Exploration;
using Orders.Tests.Unit.Replay;

namespace Orders.Tests.Unit.VirtualTime;

/// <summary>The rules of delivery, which are the engine's.</summary>
public sealed class VirtualBusTests
{
    private readonly VirtualBus bus = new(Recording.All, Scenario.Noon);

    [Fact]
    public async Task Nothing_is_handled_before_it_is_due()
    {
        var handledAt = new List<DateTimeOffset>();
        bus.Endpoint(Endpoints.Inventory).Handle<ReleaseStock>((_, _) => Note(handledAt));
        var later = new SendOptions();
        later.DelayDeliveryWith(TimeSpan.FromDays(3));

        await bus.Send(new ReleaseStock(Scenario.OrderId), later);
        await bus.AdvanceAsync(TimeSpan.FromDays(3) - TimeSpan.FromTicks(1));
        Assert.Empty(handledAt);
        await bus.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal([Scenario.Noon + TimeSpan.FromDays(3)], handledAt);
    }

    [Fact]
    public async Task What_a_handler_said_before_it_failed_is_not_said()
    {
        var attempts = 0;
        bus.Endpoint(Endpoints.Inventory).Handle<ReleaseStock>(async (message, context) =>
        {
            await context.Publish(new StockReleased(message.OrderId, Scenario.Noon));
            if (++attempts < 3)
            {
                throw new TimeoutException();
            }
        });

        await bus.Send(new ReleaseStock(Scenario.OrderId), new SendOptions());
        await bus.SettleAsync();

        Assert.Equal(3, attempts);
        Assert.Single(bus.Said, message => message.Content is StockReleased);
    }

    [Fact]
    public async Task What_an_endpoint_does_not_handle_goes_to_its_error_queue()
    {
        bus.Endpoint(Endpoints.Inventory);

        await bus.Send(new ReleaseStock(Scenario.OrderId), new SendOptions());
        await bus.SettleAsync();

        Assert.Contains("has no handler", Assert.Single(bus.ErrorQueue).Fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_that_go_round_in_a_circle_are_told()
    {
        var circle = new VirtualBus(Recording.All, Scenario.Noon) { Bound = 1_000 };
        circle.Endpoint(Endpoints.Inventory).Handle<ReleaseStock>((message, context) => context.Send(message));
        await circle.Send(new ReleaseStock(Scenario.OrderId), new SendOptions());

        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => circle.AdvanceAsync(TimeSpan.FromDays(1)));

        Assert.Contains("inventory.release-stock", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_that_goes_on_ends_the_count()
    {
        var rounds = 0;
        var calm = new VirtualBus(Recording.All, Scenario.Noon) { Bound = 10 };
        calm.Endpoint(Endpoints.Inventory).Handle<ReleaseStock>((message, context) =>
        {
            var later = new SendOptions();
            later.DelayDeliveryWith(TimeSpan.FromHours(1));
            return ++rounds < 20 ? context.Send(message, later) : Task.CompletedTask;
        });
        await calm.Send(new ReleaseStock(Scenario.OrderId), new SendOptions());

        await calm.AdvanceAsync(TimeSpan.FromDays(1));

        Assert.Equal(20, rounds);
    }

    [Fact]
    public async Task A_reply_goes_to_who_asked()
    {
        var replies = new List<DateTimeOffset>();
        bus.Endpoint(Endpoints.Inventory).Handle<ReleaseStock>((message, context) => context.Reply(new StockReleased(message.OrderId, Scenario.Noon)));
        bus.Endpoint("shop")
            .Handle<OrderCompleted>((_, context) => context.Send(new ReleaseStock(Scenario.OrderId)))
            .Handle<StockReleased>((_, _) => Note(replies));

        await bus.Publish(new OrderCompleted(Scenario.OrderId, Scenario.Noon), new PublishOptions());
        await bus.SettleAsync();

        Assert.Single(replies);
        Assert.Equal("shop", bus.Said[^1].To);
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task What_comes_after_a_sagas_end_begins_another_unless_the_ended_one_is_kept(bool keeps, int lives)
    {
        var kettles = new VirtualBus(Kettles.Messages, Scenario.Noon);
        var saga = kettles.Endpoint("kettles").Saga(KettleJson.Default.KettleData, _ => new KettleSaga(), keeps ? TimeSpan.FromHours(1) : null);

        await kettles.Send(new FillKettle(1, 1000));
        await kettles.Send(new FillKettle(1, 1000));
        await kettles.SettleAsync();
        Assert.Equal(lives, saga.History(1).Count);

        await kettles.AdvanceAsync(TimeSpan.FromHours(2));
        await kettles.Send(new FillKettle(1, 300));
        await kettles.SettleAsync();
        Assert.Equal((lives + 1, 300), (saga.History(1).Count, saga.Find(1)!.Millilitres));
    }

    [Fact]
    public async Task Time_does_not_go_back_and_nobody_waits_by_it()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => bus.AdvanceAsync(TimeSpan.FromSeconds(-1)));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.Delay(TimeSpan.FromSeconds(1), bus.Clock, CancellationToken.None));
    }

    private Task Note(List<DateTimeOffset> times)
    {
        times.Add(bus.Clock.GetUtcNow());
        return Task.CompletedTask;
    }
}
