namespace Orders.Payments.GiftCards;

/// <summary>A fact of the ledger; never changed, never deleted.</summary>
internal sealed class GiftCardEntry
{
    public long Sequence { get; private set; }

    public required string Code { get; init; }

    public required GiftCardMovementKind Kind { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>Null where the card was issued.</summary>
    public Guid? OrderId { get; init; }

    public required DateTimeOffset At { get; init; }
}
