using Orders.Api.CatalogueCopy;
using Orders.Api.ConfirmPurchase;
using Orders.Contracts;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

public sealed class ConfirmDecisionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 10, 0, 0, 123, 456, TimeSpan.Zero);

    private static readonly Dictionary<string, CatalogueItem> Catalogue = new(StringComparer.Ordinal)
    {
        ["2341083"] = new("2341083", "Blue Jeans", new(32349, "USD"), 1),
    };

    [Fact]
    public void A_good_purchase_is_placed_with_the_catalogues_names()
    {
        var request = SomePurchase.Request(SomePurchase.Body(SomePurchase.Line(quantity: 2), SomePurchase.Line()));

        var order = Assert.IsType<ConfirmOutcome.Accepted>(ConfirmDecision.Decide(request, null, Catalogue, Now)).Order;

        Assert.Equal([new("2341083", "Blue Jeans", 3, new(32349, "USD"))], order.Lines);
        Assert.Equal(new Money(97047, "USD"), order.Total);
        Assert.Equal("david", order.UserId);
    }

    [Fact]
    public void The_time_is_what_the_database_gives_back()
    {
        var order = Assert.IsType<ConfirmOutcome.Accepted>(
            ConfirmDecision.Decide(SomePurchase.Request(SomePurchase.Body()), null, Catalogue, Now)).Order;

        Assert.Equal(Now.AddMicroseconds(-456), order.PlacedAt);
    }

    [Fact]
    public void The_same_purchase_again_is_answered_as_before_even_if_the_catalogue_has_changed()
    {
        var request = SomePurchase.Request(SomePurchase.Body());
        var before = new ConfirmedBefore(request.BodyHash, Guid.CreateVersion7(Now), new(32349, "USD"), Now);

        Assert.Equal(new ConfirmOutcome.Replayed(before), ConfirmDecision.Decide(request, before, new Dictionary<string, CatalogueItem>(), Now));
    }

    [Fact]
    public void The_key_of_another_purchase_is_refused()
    {
        var before = new ConfirmedBefore("other", Guid.CreateVersion7(Now), new(1, "USD"), Now);

        Assert.IsType<ConfirmOutcome.KeyReused>(
            ConfirmDecision.Decide(SomePurchase.Request(SomePurchase.Body()), before, Catalogue, Now));
    }

    [Fact]
    public void An_unknown_sku_is_told_with_its_line()
    {
        var request = SomePurchase.Request(SomePurchase.Body(SomePurchase.Line(), SomePurchase.Line("nowhere")));

        Assert.Equal(new ConfirmOutcome.UnknownSku(1, "nowhere"), ConfirmDecision.Decide(request, null, Catalogue, Now));
    }

    [Fact]
    public void Another_price_is_told_with_the_present_one()
    {
        var request = SomePurchase.Request(SomePurchase.Body(SomePurchase.Line(cents: 2), SomePurchase.Line(), SomePurchase.Line(cents: 1)));

        var changed = Assert.IsType<ConfirmOutcome.PriceChanged>(ConfirmDecision.Decide(request, null, Catalogue, Now));
        Assert.Equal([new(0, "2341083", new(32349, "USD")), new(2, "2341083", new(32349, "USD"))], changed.Lines);
    }
}
