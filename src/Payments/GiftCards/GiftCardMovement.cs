namespace Orders.Payments.GiftCards;

/// <summary>What can happen to the money on a gift card. The words are stored.</summary>
internal enum GiftCardMovementKind
{
    /// <summary>Put on the card.</summary>
    Issued,

    /// <summary>Set aside for an order.</summary>
    Held,

    /// <summary>No longer set aside.</summary>
    Released,

    /// <summary>Paid, out of what was set aside.</summary>
    Taken,

    /// <summary>Given back after it was taken.</summary>
    Returned,
}

/// <summary>One entry to append to a card's ledger. The amount is above zero.</summary>
internal sealed record GiftCardMovement(string Code, GiftCardMovementKind Kind, long Minor);
