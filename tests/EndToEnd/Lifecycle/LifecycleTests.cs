using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Lifecycle;

public sealed class LifecycleTests
{
    private const string Sku = "kept";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_host_is_turned_away_SIGTERM_drains_and_a_new_start_finishes_what_was_accepted()
    {
        await using var host = await RunningHost.StartAsync(Token);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, 50, Token);

        var second = await host.StartSecondAsync(Token);
        Assert.Equal(1, second.Code);
        Assert.Contains("is in use by another host", second.Said, StringComparison.Ordinal);

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => shop.BuyAsync(Sku, "tok_slow", Token)));
        Assert.Equal(0, await host.StopAsync(Token));
        await host.StartAgainAsync(Token);

        var orders = await shop.EndsOfAsync(Sku, ids, Token);
        Assert.All(ids, id => Assert.Equal("completed", orders[id].Outcome));
        await shop.HoldsAsync(Token);
    }
}
