using System.Collections.Concurrent;
using System.Globalization;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Crashes;

/// <summary>
/// kill -9 in the middle of it. <c>ORDERS_TEST_KILLS</c> and <c>ORDERS_TEST_KILL_ORDERS</c> make it longer: 10 and 2,000 in
/// the system's own acceptance.
/// </summary>
public sealed class KillTests
{
    private const string Sku = "survivor";
    private static readonly int Kills = Setting("ORDERS_TEST_KILLS", 5);
    private static readonly int Orders = Setting("ORDERS_TEST_KILL_ORDERS", 600);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_accepted_order_ends_and_none_is_captured_twice_when_the_host_is_killed_again_and_again()
    {
        await using var host = await RunningHost.StartAsync(Token);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, Orders, Token);

        var accepted = new ConcurrentDictionary<int, string>();
        var shoppers = PlaceAllAsync(shop, accepted);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var enough = Orders * kill / (Kills + 1);
            await Eventually.NothingIsMissingAsync(_ => Task.FromResult(TooFew(accepted.Count, enough)), Token);
            await host.KillAndStartAsync(Token);
        }

        await shoppers;
        var orders = await shop.EndsOfAsync(Sku, [.. accepted.Values], Token);
        var ledger = await shop.LedgerByOrderAsync(Token);

        Assert.Equal(Orders, accepted.Values.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Orders, orders.Count);
        Assert.All(accepted, order => Assert.Equal(IsDeclined(order.Key) ? "rejected payment-declined" : "completed", orders[order.Value].Outcome));
        Assert.All(accepted, order => Assert.Equal(IsDeclined(order.Key) ? 0 : 1, Captures(ledger[order.Value])));
        await shop.HoldsAsync(Token);
    }

    private static Task PlaceAllAsync(Shop shop, ConcurrentDictionary<int, string> accepted)
    {
        var client = new StubbornClient([shop], TimeProvider.System);
        var options = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token };
        return Parallel.ForEachAsync(Enumerable.Range(0, Orders), options, async (number, token) =>
            accepted[number] = await client.BuyAsync($"order-{number}", Sku, CardOf(number), token));
    }

    private static string CardOf(int number) => (number % 10) switch
    {
        3 => "tok_declined",
        6 => "tok_lost_reply",
        9 => "tok_slow",
        _ => "tok_ok",
    };

    private static bool IsDeclined(int number) => CardOf(number) == "tok_declined";

    private static int Captures(IEnumerable<LedgerLine> lines) => lines.Count(line => line.Step == "capture approved");

    private static string? TooFew(int accepted, int enough) => accepted >= enough ? null : $"{accepted} orders are accepted, not {enough}";

    private static int Setting(string name, int otherwise) => Environment.GetEnvironmentVariable(name) is { } text
        ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)
        : otherwise;
}
