using Orders.Contracts;

namespace Orders.Api.OrderProcess;

/// <summary>All that the process remembers of one order. It is stored at every step, so it holds nothing that no later step reads.</summary>
internal sealed record OrderProgress
{
    public OrderState State { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyList<OrderedLine>? Lines { get; init; }

    /// <summary>Why it is being cancelled.</summary>
    [CancellationReason]
    public string? Reason { get; init; }

    /// <summary>When the first hold ran out: tells its late StockReserved from the second one's.</summary>
    public DateTimeOffset? HoldExpiredAt { get; init; }

    /// <summary>What the packed units cost at the ordered prices.</summary>
    public Money PriceOf(IReadOnlyList<PackedLine> packed)
    {
        var (lines, currency) = (Lines ?? [], Currency ?? throw Unpriced("no currency"));
        return packed.Count == 0
            ? throw Unpriced("no packed line")
            : packed.Aggregate(Money.Zero(currency), (sum, unit) => sum + (Ordered(lines, unit).UnitPrice(currency) * unit.Quantity));
    }

    private static OrderedLine Ordered(IReadOnlyList<OrderedLine> lines, PackedLine packed) =>
        lines.FirstOrDefault(line => line.Sku == packed.Sku && packed.Quantity > 0 && packed.Quantity <= line.Quantity)
        ?? throw Unpriced($"{packed.Quantity} of {packed.Sku}, which was not ordered so");

    private static InvalidOperationException Unpriced(string what) =>
        new($"The shipment cannot be priced: {what}. Pack 1 up to the ordered units of ordered items and send ShipmentPacked again.");
}

/// <summary>One item as the process needs it; its price is in minor units of the order's currency.</summary>
internal sealed record OrderedLine(string Sku, int Quantity, long UnitPriceMinor)
{
    public Money UnitPrice(string currency) => new(UnitPriceMinor, currency);
}
