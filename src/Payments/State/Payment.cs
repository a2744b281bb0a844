using Orders.Contracts;

namespace Orders.Payments.State;

/// <summary>The payment of one order. Amounts are minor units of <see cref="Currency"/>.</summary>
internal sealed record Payment
{
    public required Guid OrderId { get; init; }

    public required PaymentStatus Status { get; init; }

    /// <summary>ISO 4217; empty for a payment that was closed before its order was heard of.</summary>
    public string Currency { get; init; } = "";

    public string CardToken { get; init; } = "";

    /// <summary>The card's share of what was authorised. Zero: the provider is never asked.</summary>
    public long CardMinor { get; init; }

    /// <summary>The card's share of what was, or is being, captured.</summary>
    public long CardCapturedMinor { get; init; }

    public string? GiftCard { get; init; }

    /// <summary>What the gift card holds for this order now.</summary>
    public long GiftHeldMinor { get; init; }

    /// <summary>What was, or is being, taken from the gift card.</summary>
    public long GiftTakenMinor { get; init; }

    /// <summary>Somebody asked for the money back; the payment ends voided or refunded.</summary>
    public bool Closing { get; init; }

    /// <summary>PaymentVoided or PaymentRefunded was published; neither ever is again.</summary>
    public bool EndAnnounced { get; init; }

    /// <summary>PaymentCaptureFailed was published.</summary>
    public bool CaptureRefused { get; init; }

    /// <summary>Grows with every change.</summary>
    public int Version { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>A call to the provider is under way and its answer will move the payment on.</summary>
    public bool IsInFlight => Status
        is PaymentStatus.Authorising or PaymentStatus.Capturing or PaymentStatus.Voiding or PaymentStatus.Refunding;

    public Money Captured => new(CardCapturedMinor + GiftTakenMinor, Currency);

    public Money Card => new(CardMinor, Currency);

    public Money Authorised => new(CardMinor + GiftHeldMinor, Currency);
}
