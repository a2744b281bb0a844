using System.Collections.Concurrent;
using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>Two hosts on one PostgreSQL behind the real HAProxy, and one of them is killed under load.</summary>
public sealed class LoadBalancerTests : IAsyncLifetime
{
    private const string Sku = "balanced";
    private const int Orders = 600;

    private readonly PostgresServer postgres = new();
    private readonly List<HostProgram> hosts = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => postgres.InitializeAsync();

    [Fact]
    public async Task No_confirmed_order_is_lost_when_one_of_two_is_killed_and_who_retries_with_its_key_succeeds()
    {
        Assert.SkipWhen(LoadBalancer.Program is null, "HAProxy is not installed here.");
        var connection = await postgres.CreateDatabaseAsync(Token);
        var (first, second) = (Start(connection), Start(connection));
        await Task.WhenAll(hosts.Select(host => host.ServesAsync(Token)));
        using var balancer = await LoadBalancer.StartAsync(
            "haproxy.cfg", new Dictionary<string, Uri>(StringComparer.Ordinal) { ["ORDERS_API_1"] = first, ["ORDERS_API_2"] = second }, Token);
        using var shop = new Shop(balancer.Url);
        await shop.StockAsync(Sku, Orders, Token);

        var accepted = new ConcurrentDictionary<int, string>();
        var client = new StubbornClient([shop], TimeProvider.System);
        var shoppers = Parallel.ForEachAsync(
            Enumerable.Range(0, Orders),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token },
            async (number, token) => accepted[number] = await client.BuyAsync($"order-{number}", Sku, "tok_ok", token));
        await Eventually.NothingIsMissingAsync(_ => Task.FromResult(accepted.Count >= Orders / 3 ? null : $"{accepted.Count} are accepted"), Token);
        await hosts[0].KillAsync(Token);
        await shoppers;

        var orders = await shop.EndsOfAsync(Sku, [.. accepted.Values], Token);
        var ledger = await shop.LedgerByOrderAsync(Token);
        Assert.Equal(Orders, orders.Count);
        Assert.All(orders.Values, order => Assert.Equal("completed", order.Outcome));
        Assert.All(orders.Keys, order => Assert.Single(ledger[order], line => line.Step == "capture approved"));
        await shop.HoldsAsync(Token);
        TestContext.Current.SendDiagnosticMessage($"{Orders} orders, {client.Repeated} confirms sent again by the client");
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            host.Dispose();
        }

        await postgres.DisposeAsync();
    }

    private Uri Start(string connection)
    {
        var url = new Uri($"http://127.0.0.1:{RunningHost.FreePort()}");
        hosts.Add(HostProgram.Start("Orders.Host.dll", url, ["--connection", connection], new Dictionary<string, string>(StringComparer.Ordinal)));
        return url;
    }
}
