using Orders.Contracts;

namespace Orders.Payments.GiftCards;

/// <summary>
/// A card's balance, kept beside the entries that prove it: balance = issued − taken + returned, held = held − released −
/// taken, and always 0 ≤ held ≤ balance.
/// </summary>
internal sealed class GiftCard
{
    public required string Code { get; init; }

    public required string Currency { get; init; }

    public long BalanceMinor { get; private set; }

    public long HeldMinor { get; private set; }

    public long AvailableMinor => BalanceMinor - HeldMinor;

    public Money Balance => new(BalanceMinor, Currency);

    public Money Held => new(HeldMinor, Currency);

    /// <exception cref="InvalidOperationException">The movement would take more than there is.</exception>
    public void Apply(GiftCardMovementKind kind, long minor)
    {
        var (balance, held) = kind switch
        {
            GiftCardMovementKind.Issued => (BalanceMinor + minor, HeldMinor),
            GiftCardMovementKind.Held => (BalanceMinor, HeldMinor + minor),
            GiftCardMovementKind.Released => (BalanceMinor, HeldMinor - minor),
            GiftCardMovementKind.Taken => (BalanceMinor - minor, HeldMinor - minor),
            GiftCardMovementKind.Returned => (BalanceMinor + minor, HeldMinor),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Say here what the movement does to the balance."),
        };
        if (minor <= 0 || held < 0 || held > balance)
        {
            throw new InvalidOperationException(
                $"A gift card cannot have {minor} minor units {kind}: its balance is {BalanceMinor}, {HeldMinor} of it held.");
        }

        (BalanceMinor, HeldMinor) = (balance, held);
    }
}
