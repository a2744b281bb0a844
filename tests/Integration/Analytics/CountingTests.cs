using System.Net;
using Orders.Contracts;
using Orders.Tests.Support;

namespace Orders.Tests.Integration.Analytics;

public sealed class CountingTests(PostgresServer server)
{
    private static readonly DateTimeOffset Ten = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Sales_count_each_order_once_in_the_hour_of_its_placing_whatever_comes_twice_or_too_early()
    {
        await using var house = await OpenAsync();
        var first = CountingHouse.Order(Ten.AddMinutes(59), "USD", ("tea", 2), ("cup", 1));
        var second = CountingHouse.Order(Ten.AddMinutes(61), "EUR", ("tea", 1));
        await house.PublishAsync(new OrderRejected(second.OrderId, "out-of-stock", Ten));
        await house.DrainedAsync();
        await house.PublishAsync(first, first, second, new OrderCompleted(first.OrderId, Ten), new OrderCompleted(first.OrderId, Ten));
        await house.DrainedAsync();
        await house.PublishAsync(first, second, new OrderRejected(second.OrderId, "out-of-stock", Ten));
        await house.DrainedAsync();

        Assert.Equal(
            """
            [{"from":"2026-03-01T10:00:00Z","orders":1,"units":3,"revenue":[{"amount":"7.50","currency":"USD"}],"completed":1,"rejected":0,"cancelled":0},{"from":"2026-03-01T11:00:00Z","orders":1,"units":1,"revenue":[{"amount":"2.50","currency":"EUR"}],"completed":0,"rejected":1,"cancelled":0}]
            """,
            await house.Http.GetStringAsync("/api/analytics/sales?interval=hour&from=2026-03-01T10:30:00Z"));
        Assert.Equal(
            """
            [{"from":"2026-03-01T00:00:00Z","orders":2,"units":4,"revenue":[{"amount":"2.50","currency":"EUR"},{"amount":"7.50","currency":"USD"}],"completed":1,"rejected":1,"cancelled":0}]
            """,
            await house.Http.GetStringAsync("/api/analytics/sales?interval=day"));
        Assert.Equal(
            """
            [{"from":"2026-03-01T00:00:00Z","orders":1,"units":1,"revenue":[{"amount":"2.50","currency":"USD"}],"completed":1,"rejected":0,"cancelled":0}]
            """,
            await house.Http.GetStringAsync("/api/analytics/sales?sku=cup"));
    }

    [Fact]
    public async Task Top_items_and_recommendations_say_what_was_bought()
    {
        await using var house = await OpenAsync();
        await house.PublishAsync(
            CountingHouse.Order(Ten, "USD", ("tea", 1), ("cup", 4)),
            CountingHouse.Order(Ten, "USD", ("cup", 1), ("tea", 1)),
            CountingHouse.Order(Ten.AddMinutes(1), "USD", ("cup", 1), ("pot", 9)),
            CountingHouse.Order(Ten, "USD", ("hat", 1)));
        await house.DrainedAsync();

        Assert.StartsWith(
            """[{"sku":"pot","name":"pot of 10:01","orders":1,"units":9,"revenue":[{"amount":"22.50","currency":"USD"}]},{"sku":"cup",""",
            await house.Http.GetStringAsync("/api/analytics/top?by=units&limit=2"),
            StringComparison.Ordinal);
        // cup: in 3 of 4 orders. tea with cup: 2; 2/4, 2/3, (2/3)/(2/4). pot with cup: 1; 1/4, 1/3, (1/3)/(1/4).
        Assert.Equal(
            """
            [{"sku":"tea","name":"tea of 10:00","together":2,"support":0.5,"confidence":0.6666666666666666,"lift":1.3333333333333333},{"sku":"pot","name":"pot of 10:01","together":1,"support":0.25,"confidence":0.3333333333333333,"lift":1.3333333333333333}]
            """,
            await house.Http.GetStringAsync("/api/recommendations/cup"));
        Assert.Equal("[]", await house.Http.GetStringAsync("/api/recommendations/hat"));
        Assert.Equal("[]", await house.Http.GetStringAsync("/api/analytics/top?by=revenue&currency=EUR"));
        Assert.StartsWith("""[{"sku":"pot",""", await house.Http.GetStringAsync("/api/analytics/top?by=revenue&currency=USD"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await house.Http.GetAsync("/api/analytics/top?currency=XQZ")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await house.Http.GetAsync("/api/analytics/top?by=weight")).StatusCode);
        house.Http.DefaultRequestHeaders.Authorization = null;
        Assert.Equal(HttpStatusCode.OK, (await house.Http.GetAsync("/api/recommendations/none")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await house.Http.GetAsync("/api/analytics/top")).StatusCode);
    }

    [Fact]
    public async Task A_rebuild_counts_what_was_counted_live_and_live_goes_on_after_it()
    {
        await using var house = await OpenAsync();
        await house.PublishAsync(Month(seed: 7));
        await house.DrainedAsync();
        var live = await house.EverythingAsync();

        Assert.True(await house.RebuildAsync());
        Assert.Equal(live, await house.EverythingAsync());

        // Messages that arrive while rebuilds run, and after the swap, are neither lost nor counted twice.
        var more = Enumerable.Range(0, 6).Select(async seed =>
        {
            await house.PublishAsync(Month(100 + seed));
            await house.RebuildAsync();
        });
        await Task.WhenAll(more);
        await house.DrainedAsync();
        live = await house.EverythingAsync();
        Assert.Equal(7 * 60, await house.ReadAsync<long>("SELECT sum(orders)::bigint FROM analytics.sales_hour"));
        Assert.True(await house.RebuildAsync());
        Assert.Equal(live, await house.EverythingAsync());
        Assert.Equal(0, await house.ReadAsync<long>("SELECT count(*) FROM bus.failed"));
    }

    [Fact]
    public async Task An_order_of_two_hundred_lines_counts_all_its_pairs()
    {
        await using var house = await OpenAsync();
        (string, int)[] lines = [.. Enumerable.Range(0, 200).Select(i => ($"sku{i}", 1))];
        await house.PublishAsync(Enumerable.Range(0, 20).Select(_ => CountingHouse.Order(Ten, "GBP", lines)));
        await house.DrainedAsync();
        Assert.Equal(20 * 19_900, await house.ReadAsync<long>("SELECT sum(together)::bigint FROM analytics.pair"));
    }

    private static IEnumerable<IEvent> Month(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 60; i++)
        {
            var skus = Enumerable.Range(0, random.Next(1, 6)).Select(_ => "sku" + random.Next(12)).Distinct();
            var order = CountingHouse.Order(
                Ten.AddMinutes(random.Next(40_000)), random.Next(3) == 0 ? "JPY" : "USD", [.. skus.Select(sku => (sku, random.Next(1, 5)))]);
            yield return order;
            switch (random.Next(4))
            {
                case 0:
                    yield return new OrderCompleted(order.OrderId, order.PlacedAt.AddDays(1));
                    break;
                case 1:
                    yield return new OrderRejected(order.OrderId, "out-of-stock", order.PlacedAt.AddDays(1));
                    break;
                case 2:
                    yield return new OrderCancelled(order.OrderId, "changed my mind", order.PlacedAt.AddDays(1));
                    break;
                default:
                    break;
            }
        }
    }

    private async Task<CountingHouse> OpenAsync() => await CountingHouse.OpenAsync(await server.CreateDatabaseAsync());
}
