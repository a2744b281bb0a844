using Npgsql;
using Orders.Contracts;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Inventory;

public sealed class HoldingTests(PostgresServer server)
{
    [Fact]
    public async Task Held_units_leave_with_the_commit_and_the_ledger_proves_it()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        await shop.StockAsync("cup", 100);
        var order = Shop.Order(("tea", 3), ("cup", 1));
        await shop.PublishAsync(order);
        Assert.Equal(order.OrderId, (await shop.NextAsync<StockReserved>()).OrderId);
        Assert.Equal((100, 3, 0, 97, 100), await shop.LevelAsync("tea"));

        await shop.SendAsync(new CommitStock(order.OrderId));
        await shop.NextAsync<StockCommitted>();
        Assert.Equal((97, 0, 3, 97, 100), await shop.LevelAsync("tea"));
        Assert.Equal((99, 0, 1, 99, 100), await shop.LevelAsync("cup"));
        Assert.Equal(0, await shop.ItemsThatDoNotAddUpAsync());
    }

    [Fact]
    public async Task One_short_line_holds_nothing()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        await shop.StockAsync("cup", 2);
        await shop.PublishAsync(Shop.Order(("tea", 3), ("cup", 3)));
        Assert.Equal(["cup"], (await shop.NextAsync<StockShort>()).Skus);
        Assert.Equal((100, 0, 0, 100, 100), await shop.LevelAsync("tea"));
    }

    [Fact]
    public async Task Repeated_messages_have_one_effect()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.PublishAsync(order, order);
        await shop.PublishAsync(order);
        await shop.SendAsync(new ReserveStock(order.OrderId, order.Lines));
        await shop.SendAsync(new CommitStock(order.OrderId));
        await shop.SendAsync(new CommitStock(order.OrderId));
        await shop.SendAsync(new ReleaseStock(order.OrderId));
        await shop.DrainedAsync();
        Assert.Single(shop.Events.All.OfType<StockReserved>());
        Assert.Single(shop.Events.All.OfType<StockCommitted>());
        Assert.Equal((97, 0, 3, 97, 100), await shop.LevelAsync("tea"));
        Assert.Equal(0, await shop.ItemsThatDoNotAddUpAsync());
    }

    [Fact]
    public async Task A_release_that_overtakes_the_order_holds_nothing()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.SendAsync(new ReleaseStock(order.OrderId));
        await shop.NextAsync<StockReleased>();
        await shop.PublishAsync(order);
        await shop.DrainedAsync();
        Assert.Equal((100, 0, 0, 100, 100), await shop.LevelAsync("tea"));
    }

    [Fact]
    public async Task Released_units_can_be_reserved_again()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.PublishAsync(order);
        await shop.SendAsync(new ReleaseStock(order.OrderId, DateTimeOffset.MaxValue));
        await shop.NextAsync<StockReleased>();
        Assert.Equal((100, 0, 0, 100, 100), await shop.LevelAsync("tea"));
        await shop.SendAsync(new ReserveStock(order.OrderId, order.Lines));
        await shop.NextAsync<StockReserved>();
        Assert.Equal((100, 3, 0, 97, 100), await shop.LevelAsync("tea"));
        Assert.Equal(0, await shop.ItemsThatDoNotAddUpAsync());
    }

    [Fact]
    public async Task Units_released_for_good_are_not_reserved_again_by_a_late_command()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.PublishAsync(order);
        await shop.SendAsync(new ReleaseStock(order.OrderId));
        await shop.SendAsync(new ReserveStock(order.OrderId, order.Lines));
        await shop.DrainedAsync();
        Assert.Equal((100, 0, 0, 100, 100), await shop.LevelAsync("tea"));
    }

    [Fact]
    public async Task The_release_of_an_expired_hold_leaves_the_one_alone_that_came_after_it()
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.PublishAsync(order);
        await shop.SendAsync(new ReleaseStock(order.OrderId, TimeProvider.System.GetUtcNow().AddMinutes(-1)));
        await shop.DrainedAsync();
        Assert.Equal((100, 3, 0, 97, 100), await shop.LevelAsync("tea"));
    }

    [Fact]
    public async Task Five_hundred_buyers_of_a_hundred_units_hold_exactly_a_hundred_with_two_processes()
    {
        await using var shop = await OpenAsync(processes: 2);
        await shop.StockAsync("hot", 100);
        await shop.StockAsync("cold", 10_000);
        var orders = Enumerable.Range(0, 500).Select(i => i % 2 == 0 ? Shop.Order(("hot", 1), ("cold", 1)) : Shop.Order(("cold", 1), ("hot", 1)));
        await Task.WhenAll(orders.Chunk(50).Select(some => shop.PublishAsync(some)));
        for (var answers = 0; answers < 500;)
        {
            answers += await shop.NextAsync<IEvent>() is StockReserved or StockShort ? 1 : 0;
        }

        Assert.Equal(100, shop.Events.All.OfType<StockReserved>().Count());
        Assert.Equal(400, shop.Events.All.OfType<StockShort>().Count());
        Assert.Equal((100, 100, 0, 0, 100), await shop.LevelAsync("hot"));
        Assert.Equal(100, (await shop.LevelAsync("cold")).Held);
        Assert.Equal(10, Assert.Single(shop.Events.All.OfType<StockLow>()).Available);
        Assert.Equal(0, await shop.ItemsThatDoNotAddUpAsync());
        Assert.Equal(0, await shop.CountAsync("SELECT count(*) FROM bus.failed"));
    }

    [Fact]
    public async Task An_expired_hold_is_announced_once_and_kept_until_it_is_released()
    {
        await using var shop = await OpenAsync(processes: 2, holdDuration: "00:00:00.001");
        await shop.StockAsync("tea", 100);
        var order = Shop.Order(("tea", 3));
        await shop.PublishAsync(order);
        Assert.Equal(order.OrderId, (await shop.NextAsync<HoldExpired>()).OrderId);
        Assert.Equal(3, (await shop.LevelAsync("tea")).Held);

        // The announcement of a second hold, made later, shows that sweeps have gone by the first one.
        await shop.PublishAsync(Shop.Order(("tea", 1)));
        await shop.NextAsync<HoldExpired>();
        Assert.Single(shop.Events.All.OfType<HoldExpired>(), message => message.OrderId == order.OrderId);
        await shop.SendAsync(new ReleaseStock(order.OrderId));
        await shop.NextAsync<StockReleased>();
        Assert.Equal(1, (await shop.LevelAsync("tea")).Held);
    }

    [Theory]
    [InlineData("UPDATE inventory.stock SET held = on_hand + 1", "available_is_not_negative")]
    [InlineData("UPDATE inventory.stock SET held = -1", "held_is_not_negative")]
    [InlineData("UPDATE inventory.stock SET on_hand = on_hand + 1", "nothing_appears_or_vanishes")]
    [InlineData("DELETE FROM inventory.stock_entry RETURNING 1::bigint", "entries are facts")]
    public async Task The_database_refuses_what_must_never_be(string sql, string why)
    {
        await using var shop = await OpenAsync();
        await shop.StockAsync("tea", 100);
        var refused = await Assert.ThrowsAsync<PostgresException>(() => shop.CountAsync(sql));
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private async Task<Shop> OpenAsync(int processes = 1, string holdDuration = "00:15:00") =>
        await Shop.OpenAsync(await server.CreateDatabaseAsync(), processes, holdDuration);
}
