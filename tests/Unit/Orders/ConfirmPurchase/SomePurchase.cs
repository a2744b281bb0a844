using Orders.Api.ConfirmPurchase;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

/// <summary>A purchase that nothing is wrong with.</summary>
internal static class SomePurchase
{
    public static Address Address { get; } = new("David Xiang", "1 Main St", "Springfield", "12345", "US");

    public static ConfirmLine Line(string sku = "2341083", int quantity = 1, long cents = 32349, string currency = "USD") =>
        new(sku, quantity, new(cents, currency));

    public static ConfirmPurchaseBody Body(params ConfirmLine?[] lines) =>
        new(lines.Length == 0 ? [Line()] : lines, new("tok_ok"), Address);

    public static ConfirmRequest Request(ConfirmPurchaseBody body, string key = "AA") =>
        new(new(key), IdempotencyKey.HashOf(body), "david", PurchaseChecks.Check(body));
}
