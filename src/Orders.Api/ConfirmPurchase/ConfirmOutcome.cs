using System.Diagnostics;
using Orders.Contracts;

namespace Orders.Api.ConfirmPurchase;

/// <summary>What became of one confirm.</summary>
internal abstract record ConfirmOutcome
{
    private ConfirmOutcome()
    {
    }

    /// <summary>A new order; its message leaves with the commit.</summary>
    internal sealed record Accepted(OrderPlaced Order) : ConfirmOutcome;

    /// <summary>The same purchase was confirmed before.</summary>
    internal sealed record Replayed(ConfirmedBefore Before) : ConfirmOutcome;

    internal sealed record KeyReused : ConfirmOutcome;

    /// <summary>The catalogue, as far as it is known here, does not have the item.</summary>
    internal sealed record UnknownSku(int Line, string Sku) : ConfirmOutcome;

    /// <summary>Items cost something else now.</summary>
    internal sealed record PriceChanged(IReadOnlyList<ChangedPrice> Lines) : ConfirmOutcome;
}

/// <summary>A line at a price that is no longer its item's.</summary>
internal sealed record ChangedPrice(int Line, string Sku, Money Current);

/// <summary>A confirm of the past: the hash of its body, and what was answered.</summary>
internal sealed record ConfirmedBefore(string BodyHash, Guid OrderId, Money Total, DateTimeOffset PlacedAt);

/// <summary>A confirm that waits to be committed.</summary>
/// <param name="Trace">The request's span: the order's messages continue its trace, whichever transaction they leave with.</param>
internal sealed record ConfirmRequest(
    IdempotencyKey Key, string BodyHash, string? UserId, Purchase Purchase, Activity? Trace = null);
