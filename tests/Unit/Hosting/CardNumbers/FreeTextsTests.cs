using Orders.Api.RequestCancellation;
using Orders.Hosting;
using Orders.Inventory.Adjusting;
using Orders.Inventory.Catalog;
using Orders.Payments.GiftCards;

namespace Orders.Tests.Unit.Hosting.CardNumbers;

/// <summary>Whatever free text is kept is looked through first.</summary>
public sealed class FreeTextsTests
{
    private const string Number = "4111-1111-1111-1111";

    [Fact]
    public void Each_text_that_holds_a_card_number_is_named_and_none_is_repeated()
    {
        var refused = Assert.Throws<ProblemException>(() => FreeTexts.RefuseCardNumbers(("/a", Number), ("/b", "a ribbon"), ("/c", Number)));

        Assert.Equal((422, "card-number-refused"), (refused.Status, refused.Slug));
        Assert.Equal(["/a", "/c"], refused.Errors!.Keys);
        Assert.DoesNotContain("1111", refused.Message + string.Join(' ', refused.Errors.Values.SelectMany(messages => messages)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancellations_reason_holds_none() => Refused("/reason", () => CancelReason.Check("paid with " + Number));

    [Fact]
    public void An_adjustments_reason_holds_none() => Refused("/reason", () => new StockAdjustmentBody("A", 1, "paid with " + Number).Check());

    [Fact]
    public void An_items_name_holds_none() => Refused("/name", () => ItemRules.Check("A", new("Card " + Number, new(100, "USD"))));

    [Fact]
    public void A_gift_cards_code_is_none() => Refused("/code", () => GiftCardIssuing.Check(new(new(100, "USD"), Number)));

    private static void Refused(string pointer, Action check)
    {
        var refused = Assert.Throws<ProblemException>(check);

        Assert.Equal("card-number-refused", refused.Slug);
        Assert.Equal([pointer], refused.Errors!.Keys);
    }
}
