using System.Diagnostics;
using System.Net;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Broker;

public sealed class BrokerTests : IAsyncLifetime
{
    private const string Sku = "bridge";
    private static readonly TimeSpan DrainsWithin = TimeSpan.FromSeconds(30);

    private readonly RabbitMqServer broker = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => broker.InitializeAsync();

    public ValueTask DisposeAsync() => broker.DisposeAsync();

    [Fact]
    public async Task Confirm_answers_202_all_the_while_the_broker_is_away_and_every_order_ends_soon_after_it_is_back()
    {
        await using var host = await RunningHost.StartAsync(
            ["--transport", "rabbitmq", "--broker", broker.Url.ToString()], new Dictionary<string, string>(StringComparer.Ordinal), Token);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, 100, Token);
        var before = await BuyAsync(shop, 0);
        await shop.EndsOfAsync(Sku, before, Token);
        await broker.SettleAsync();

        var back = broker.Kill();
        var during = await BuyAsync(shop, before.Count);
        using var ready = await shop.SendAsync(new(HttpMethod.Get, "health/ready"), Token);
        Assert.False(back.IsCompleted, "The broker was back too soon for this test to tell anything.");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        await back;

        var since = Stopwatch.StartNew();
        var ends = await shop.EndsOfAsync(Sku, [.. before, .. during], Token);
        Assert.True(since.Elapsed < DrainsWithin, $"It took {since.Elapsed}.");
        Assert.All(ends.Values, end => Assert.Equal("completed", end.Outcome));
        await shop.HoldsAsync(Token);
    }

    private static async Task<List<string>> BuyAsync(Shop shop, int first)
    {
        var orders = new List<string>();
        for (var number = first; number < first + 30; number++)
        {
            using var answer = await shop.ConfirmAsync($"order-{number}", Sku, "tok_ok", Token);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            orders.Add(await Shop.OrderIdAsync(answer, Token));
        }

        return orders;
    }
}
