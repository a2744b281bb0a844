using Orders.Api.OrderViews;

namespace Orders.Tests.Unit.OrdersApi.OrderViews;

public sealed class OrderSignalsTests
{
    private static readonly Guid Order = new("0199c000-0000-7000-8000-000000000001");

    [Fact]
    public async Task A_change_before_the_wait_is_not_missed()
    {
        var signals = new OrderSignals();
        using var watch = signals.TryWatch(Order)!;
        signals.Changed(Order);

        await watch.WaitAsync(TimeSpan.FromMinutes(5), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Only_so_many_watch_and_who_leaves_makes_room()
    {
        var signals = new OrderSignals(maxWatchers: 1);
        var first = signals.TryWatch(Order);

        Assert.Null(signals.TryWatch(Order));
        first!.Dispose();
        first.Dispose();
        Assert.NotNull(signals.TryWatch(Order));
        Assert.Null(signals.TryWatch(Order));
    }
}
