using Orders.Contracts;

namespace Orders.Inventory.Stock;

/// <summary>What is held for one order, or what became of it. Times are UTC.</summary>
/// <param name="Announced">The order process has been told that the hold ran out; the units stay held until it says so.</param>
internal sealed record Hold(Guid OrderId, HoldState State, IReadOnlyList<HoldLine> Lines, DateTimeOffset ExpiresAt, bool Announced = false)
{
    /// <summary>Nothing is to be held for the order any more, whatever still arrives.</summary>
    public bool IsClosed => State == HoldState.Released && Lines.Count == 0;

    /// <summary>The hold without its units: they may be reserved again.</summary>
    public Hold Release() => this with { State = HoldState.Released };

    /// <summary>As <see cref="Release"/>, for good; also where nothing was ever held.</summary>
    public static Hold Closed(Guid orderId, DateTimeOffset at) => new(orderId, HoldState.Released, [], at);
}

internal enum HoldState
{
    Held,
    Short,
    Released,
    Committed,
}

/// <summary>Units of one item; a hold has each sku once.</summary>
internal sealed record HoldLine(string Sku, long Quantity)
{
    public static IReadOnlyList<HoldLine> Of(IReadOnlyList<OrderLine> lines) =>
    [
        .. lines
            .GroupBy(line => line.Sku, StringComparer.Ordinal)
            .Select(item => new HoldLine(item.Key, item.Sum(line => (long)line.Quantity))),
    ];
}
