using Orders.Contracts;

namespace Orders.Api.ConfirmPurchase;

/// <summary>A confirm that is well formed, in one currency and within every bound. Whether it can be had is not known yet.</summary>
/// <param name="Shown">The lines as they came, at the prices that were shown.</param>
/// <param name="Units">The units asked for of each sku, in the order of their first line.</param>
internal sealed record Purchase(
    IReadOnlyList<ConfirmLine> Shown,
    IReadOnlyList<KeyValuePair<string, int>> Units,
    Money Total,
    bool Prime,
    string? Instructions,
    PaymentMeans Payment,
    Address ShipTo);
