using Orders.Api.CatalogueCopy;

namespace Orders.Tests.Unit.OrdersApi.CatalogueCopy;

public sealed class CatalogueSignalTests
{
    [Fact]
    public void A_change_wakes_who_waits_for_that_item_alone()
    {
        var signal = new CatalogueSignal();
        using var a = signal.TryWait("a");
        using var b = signal.TryWait("b");

        signal.Changed(["a"]);

        Assert.True(a!.Changed.IsCompleted);
        Assert.False(b!.Changed.IsCompleted);
    }

    [Fact]
    public void Only_so_many_wait_and_who_leaves_makes_room()
    {
        var signal = new CatalogueSignal(maxWaiters: 1);
        var first = signal.TryWait("a");

        Assert.Null(signal.TryWait("b"));
        first!.Dispose();
        first.Dispose();
        Assert.NotNull(signal.TryWait("b"));
        Assert.Null(signal.TryWait("c"));
    }
}
