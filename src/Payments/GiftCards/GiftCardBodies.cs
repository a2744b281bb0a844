using System.ComponentModel.DataAnnotations;
using Orders.Contracts;

namespace Orders.Payments.GiftCards;

/// <summary>Puts an amount on a new card, or on one that exists. Without a code one is made up.</summary>
internal sealed record IssueGiftCard(
    Money Amount, [property: StringLength(GiftCardIssuing.MaxCodeLength, MinimumLength = 1)] string? Code = null);

internal sealed record GiftCardBody(string Code, Money Balance, Money Held)
{
    public static GiftCardBody Of(GiftCard card) => new(card.Code, card.Balance, card.Held);
}
