using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;
using Orders.Tests.Support;

namespace Orders.Tests.EndToEnd.Processes;

/// <summary>The modules in several processes on one database that is empty when they start, all at once.</summary>
public sealed class SplitProcessTests : IAsyncLifetime
{
    private const string Sku = "shared";

    private readonly PostgresServer postgres = new();
    private readonly List<HostProgram> programs = [];
    private string connection = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await postgres.InitializeAsync();
        connection = await postgres.CreateDatabaseAsync(Token);
    }

    [Fact]
    public async Task Two_hosts_with_half_the_modules_each_complete_an_order_together()
    {
        var front = Start("Orders.Host.dll", ["--modules", "orders,inventory,analytics"], []);
        Start("Orders.Host.dll", ["--modules", "payments,dispatch"], []);

        await CompletesAsync(front);
    }

    [Fact]
    public async Task A_modules_own_program_does_its_part()
    {
        var front = Start("Orders.Host.dll", ["--modules", "orders,inventory,analytics,dispatch"], []);
        Start("Orders.Payments.dll", [], new() { ["Orders__PaymentProvider__Url"] = new Uri(front, "/sim/psp").ToString() });

        await CompletesAsync(front);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
        {
            program.Terminate();
            Assert.Equal(0, await program.ExitAsync(CancellationToken.None));
            program.Dispose();
        }

        await postgres.DisposeAsync();
    }

    private Uri Start(string program, IReadOnlyList<string> options, Dictionary<string, string> settings)
    {
        var url = new Uri($"http://127.0.0.1:{RunningHost.FreePort()}");
        programs.Add(HostProgram.Start(program, url, [.. options, "--connection", connection], settings));
        return url;
    }

    private async Task CompletesAsync(Uri front)
    {
        await Task.WhenAll(programs.Select(program => program.ServesAsync(Token)));
        using var shop = new Shop(front);
        await shop.StockAsync(Sku, 10, Token);

        var bought = await shop.BuyAsync(Sku, "tok_ok", Token);
        var declined = await shop.BuyAsync(Sku, "tok_declined", Token);

        var orders = await shop.EndsOfAsync(Sku, [bought, declined], Token);
        Assert.Equal("completed", orders[bought].Outcome);
        Assert.Equal("rejected payment-declined", orders[declined].Outcome);
        await shop.HoldsAsync(Token);
    }
}
