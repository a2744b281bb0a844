using Orders.Tests.EndToEnd.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Confirming;

/// <summary>Everybody at once.</summary>
[Collection(OnSharedHost.Name)]
public sealed class BusyShopTests(SharedHost host)
{
    private const int Crowd = 500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Five_hundred_identical_confirms_make_one_order_and_one_authorisation()
    {
        await host.Shop.StockAsync("same-key", 10, Token);

        var ids = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => ConfirmAsync()));
        var id = Assert.Single(ids.Distinct(StringComparer.Ordinal));
        var orders = await host.Shop.EndsOfAsync("same-key", [id], Token);
        var ledger = await host.Shop.LedgerByOrderAsync(Token);

        Assert.Equal("completed", Assert.Single(orders).Value.Outcome);
        Assert.Equal(["authorise approved", "capture approved"], ledger[id].Select(line => line.Step));
        await host.Shop.HoldsAsync(Token);

        async Task<string> ConfirmAsync()
        {
            using var answer = await host.Shop.ConfirmAsync("one-key-for-all", "same-key", "tok_ok", Token);
            return await Shop.OrderIdAsync(answer, Token);
        }
    }

    [Fact]
    public async Task Five_hundred_buyers_of_a_hundred_units_get_exactly_those_and_nobody_else_pays()
    {
        await host.Shop.StockAsync("last-hundred", 100, Token);

        var ids = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => host.Shop.BuyAsync("last-hundred", "tok_ok", Token)));
        var orders = await host.Shop.EndsOfAsync("last-hundred", ids, Token);
        var ledger = await host.Shop.LedgerByOrderAsync(Token);

        Assert.Equal(100, ids.Count(id => orders[id].Outcome == "completed"));
        Assert.Equal(400, ids.Count(id => orders[id].Outcome == "rejected out-of-stock"));
        Assert.Equal(Crowd, orders.Count);
        Assert.All(orders.Values, order => Assert.Equal(PaysFor(order), MoneyTaken(ledger[order.OrderId])));
        Assert.Equal(new(OnHand: 0, Held: 0, Shipped: 100, Available: 0), await host.Shop.GetAsync<StockAnswer>("/api/stock/last-hundred", Token));
        await host.Shop.HoldsAsync(Token);
    }

    private static string PaysFor(OrderAnswer order) => order.Status == "completed" ? "captured" : "none";

    /// <summary>An authorisation that is neither captured nor voided would be money held for nothing.</summary>
    private static string MoneyTaken(IEnumerable<LedgerLine> lines) => lines.Select(line => line.Step).ToList() switch
    {
        ["authorise approved", "capture approved"] => "captured",
        [] or ["authorise approved", "void approved"] => "none",
        var other => string.Join(", ", other),
    };
}
