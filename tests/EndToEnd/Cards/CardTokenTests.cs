using Orders.Tests.Support.Running;
using Orders.Tests.Support.Shopping;

namespace Orders.Tests.EndToEnd.Cards;

/// <summary>Every test card of the payment provider, all of them at once, each with a crowd of its own.</summary>
public sealed class CardTokenTests
{
    private const int OrdersEach = 50;
    private const string Sku = "any-card";

    // Those with troubles come first: the provider looks down then, and yet nobody else may be held up.
    private static readonly Dictionary<string, Ending> Endings = new(StringComparer.Ordinal)
    {
        ["tok_capture_fails"] = new("rejected capture-failed", ["authorise approved", "capture declined", "void approved"]),
        ["tok_unresolved"] = new("rejected payment-unresolved", []),
        ["tok_flaky"] = new("completed", ["authorise approved", "capture approved"]),
        ["tok_lost_reply"] = new("completed", ["authorise approved", "capture approved"]),
        ["tok_slow"] = new("completed", ["authorise approved", "capture approved"]),
        ["tok_declined"] = new("rejected payment-declined", ["authorise declined"]),
        ["tok_ok"] = new("completed", ["authorise approved", "capture approved"]),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_card_ends_its_orders_as_it_must_and_the_ledger_agrees()
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Orders__PaymentDeadline"] = "00:00:10" };
        await using var host = await RunningHost.StartAsync(settings, Token);
        using var shop = new Shop(host.Url);
        await shop.StockAsync(Sku, 1000, Token);

        var bought = await Task.WhenAll(Endings.Keys.SelectMany(card => Enumerable.Repeat(card, OrdersEach)).Select(BuyAsync));
        var orders = await shop.EndsOfAsync(Sku, [.. bought.Select(order => order.Id)], Token);
        var ledger = await shop.LedgerByOrderAsync(Token);

        var wrong = bought
            .Select(order => (order.Card, Seen: new Ending(orders[order.Id].Outcome, [.. ledger[order.Id].Select(line => line.Step)])))
            .Where(order => order.Seen.ToString() != Endings[order.Card].ToString())
            .Select(order => $"{order.Card}: {order.Seen}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{string.Join(Environment.NewLine, wrong)}{Environment.NewLine}The host said: {host.Said}");
        Assert.Equal(1000 - (4 * OrdersEach), (await shop.GetAsync<StockAnswer>("/api/stock/" + Sku, Token)).Available);
        await shop.HoldsAsync(Token);

        async Task<(string Card, string Id)> BuyAsync(string card) => (card, await shop.BuyAsync(Sku, card, Token));
    }

    private sealed record Ending(string Outcome, IReadOnlyList<string> Ledger)
    {
        public override string ToString() => $"{Outcome}; {string.Join(", ", Ledger)}";
    }
}
