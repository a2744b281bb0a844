using Orders.Tests.Support.Running;

namespace Orders.Tests.Support.Shopping;

/// <summary>Puts items on sale.</summary>
internal static class Shelf
{
    /// <summary>Completes when the item can be bought.</summary>
    public static async Task StockAsync(this Shop shop, string sku, int units, CancellationToken cancellationToken)
    {
        var item = $$"""{ "name": "Item {{sku}}", "unitPrice": { "amount": "{{OrderBody.Price}}", "currency": "USD" } }""";
        using var put = await shop.SendAsync(Shop.As(Shop.Operator, HttpMethod.Put, "/api/catalog/" + sku, item), cancellationToken);
        Assert.Equal(201, (int)put.StatusCode);
        using var adjustment = Shop.As(
            Shop.Operator, HttpMethod.Post, "/api/stock-adjustments", $$"""{ "sku": "{{sku}}", "delta": {{units}}, "reason": "test" }""");
        adjustment.Headers.Add("Idempotency-Key", "stock-" + sku);
        using var adjusted = await shop.SendAsync(adjustment, cancellationToken);
        Assert.Equal(200, (int)adjusted.StatusCode);
        await Eventually.NothingIsMissingAsync(token => UnknownAsync(shop, sku, token), cancellationToken);
    }

    // A purchase at a wrong price is refused as such, and leaves nothing behind, once the item is known where orders are placed.
    private static async Task<string?> UnknownAsync(Shop shop, string sku, CancellationToken cancellationToken)
    {
        var probe = Shop.As(Shop.Shopper, HttpMethod.Post, "/api/orders", OrderBody.Of(sku, "tok_ok", price: "0.01"));
        probe.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await shop.SendAsync(probe, cancellationToken);
        var problem = await answer.Content.ReadAsStringAsync(cancellationToken);
        return problem.Contains("price-changed", StringComparison.Ordinal) ? null : problem;
    }
}
