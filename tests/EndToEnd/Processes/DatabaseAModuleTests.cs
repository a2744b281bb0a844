using Orders.Tests.Support;
using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>Each module's own program with a database of its own, RabbitMQ between them, and HAProxy as their one address.</summary>
public sealed class DatabaseAModuleTests(PostgresServer postgres, RabbitMqServer broker)
    : IClassFixture<PostgresServer>, IClassFixture<RabbitMqServer>, IAsyncDisposable
{
    private const string Sku = "apart";

    private readonly List<HostProgram> programs = [];
    private readonly List<string> databases = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Orders_of_every_kind_end_as_they_must_and_the_checker_looks_across_the_databases()
    {
        Assert.SkipWhen(LoadBalancer.Program is null, "HAProxy is not installed here.");
        var payments = await postgres.CreateDatabaseAsync(Token);
        // The outside world: a host without modules, whose ledger lies beside the payments.
        var world = Start("Orders.Host.dll", payments, ["--modules", ""], []);
        var servers = new Dictionary<string, Uri>(StringComparer.Ordinal)
        {
            ["ORDERS_API"] = await StartAsync("Orders.Api.dll", []),
            ["ORDERS_INVENTORY"] = await StartAsync("Orders.Inventory.dll", []),
            ["ORDERS_ANALYTICS"] = await StartAsync("Orders.Analytics.dll", []),
            ["ORDERS_WEBHOOKS"] = await StartAsync("Orders.Webhooks.dll", new() { ["Orders__Crm__Url"] = new Uri(world, "/sim/crm").ToString() }),
            ["ORDERS_PAYMENTS"] = Start("Orders.Payments.dll", payments, Bridge, new() { ["Orders__PaymentProvider__Url"] = new Uri(world, "/sim/psp").ToString() }),
        };
        await StartAsync("Orders.Dispatch.dll", new() { ["Orders__Carrier__Url"] = new Uri(world, "/sim/carrier").ToString() });
        databases.Add(payments);
        await Task.WhenAll(programs.Select(program => program.ServesAsync(Token)));
        using var balancer = await LoadBalancer.StartAsync("haproxy-modules.cfg", servers, Token);
        foreach (var path in new[] { "/api/catalog", "/api/gift-cards/none", "/api/analytics/sales", "/api/customers" })
        {
            await balancer.SendsAsync(path, Token);
        }

        using var shop = new Shop(balancer.Url);
        await shop.StockAsync(Sku, 10, Token);

        var bought = await shop.BuyAsync(Sku, "tok_ok", Token);
        var declined = await shop.BuyAsync(Sku, "tok_declined", Token);
        var refused = await shop.BuyAsync(Sku, "tok_capture_fails", Token);

        var orders = await EndAsync(shop, [bought, declined, refused]);
        Assert.Equal("completed", orders[bought]);
        Assert.Equal("rejected payment-declined", orders[declined]);
        Assert.Equal("rejected capture-failed", orders[refused]);
        await Eventually.NothingIsMissingAsync(VerifyAsync, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
        {
            program.Terminate();
            Assert.Equal(0, await program.ExitAsync(CancellationToken.None));
            program.Dispose();
        }
    }

    private string[] Bridge => ["--transport", "rabbitmq", "--broker", broker.Url.ToString()];

    private async Task<Uri> StartAsync(string program, Dictionary<string, string> settings)
    {
        databases.Add(await postgres.CreateDatabaseAsync(Token));
        return Start(program, databases[^1], Bridge, settings);
    }

    private Uri Start(string program, string connection, IReadOnlyList<string> options, Dictionary<string, string> settings)
    {
        var url = new Uri($"http://127.0.0.1:{RunningHost.FreePort()}");
        programs.Add(HostProgram.Start(program, url, ["--connection", connection, .. options], settings));
        return url;
    }

    private static async Task<Dictionary<string, string>> EndAsync(Shop shop, IReadOnlyCollection<string> ids)
    {
        var outcomes = new Dictionary<string, string>(StringComparer.Ordinal);
        await Eventually.NothingIsMissingAsync(
            async token =>
            {
                var orders = (await shop.OrdersOfAsync(Sku, token)).Where(order => ids.Contains(order.OrderId)).ToList();
                outcomes = orders.ToDictionary(order => order.OrderId, order => order.Outcome, StringComparer.Ordinal);
                return orders.Count == ids.Count && orders.TrueForAll(order => order.IsEnded) ? null : string.Join(", ", outcomes.Values);
            },
            Token);
        return outcomes;
    }

    // What is on its way between two databases looks lost: the checker wants rest, so it is asked until there is.
    private async Task<string?> VerifyAsync(CancellationToken cancellationToken)
    {
        var (code, said) = await HostProgram.RunAsync("Orders.Host.dll", ["verify", .. databases.SelectMany(database => new[] { "--connection", database })], cancellationToken);
        return code == 0 && !said.Contains("not checked", StringComparison.Ordinal) ? null : said;
    }
}
