using Orders.Api.ConfirmPurchase;
using Orders.Contracts;
using Orders.Hosting;

namespace Orders.Tests.Unit.OrdersApi.ConfirmPurchase;

public sealed class PurchaseChecksTests
{
    [Fact]
    public void Lines_of_the_same_sku_are_summed()
    {
        var purchase = PurchaseChecks.Check(SomePurchase.Body(
            SomePurchase.Line("a", 2, 100), SomePurchase.Line("b", 1, 50), SomePurchase.Line("a", 3, 100)));

        Assert.Equal([new("a", 5), new("b", 1)], purchase.Units);
        Assert.Equal(new Money(550, "USD"), purchase.Total);
    }

    [Fact]
    public void The_bound_on_a_quantity_holds_for_the_sum() =>
        Refused(SomePurchase.Body(SomePurchase.Line("a", 10_000, 1), SomePurchase.Line("a", 1, 1)), 400, "/lines/1/quantity");

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(10_001)]
    public void A_quantity_out_of_bounds_is_refused(int quantity) =>
        Refused(SomePurchase.Body(SomePurchase.Line(quantity: quantity)), 400, "/lines/0/quantity");

    [Fact]
    public void A_negative_price_is_refused() => Refused(SomePurchase.Body(SomePurchase.Line(cents: -1)), 400, "/lines/0/unitPrice");

    [Fact]
    public void A_total_that_no_amount_can_hold_is_refused() =>
        Refused(SomePurchase.Body(SomePurchase.Line("a", 2, long.MaxValue), SomePurchase.Line("b", 1, 1)), 400, "/lines");

    [Fact]
    public void An_order_has_at_most_200_lines() =>
        Refused(SomePurchase.Body([.. Enumerable.Range(0, 201).Select(n => SomePurchase.Line("s" + n))]), 400, "/lines");

    [Fact]
    public void An_order_has_a_line() =>
        Refused(SomePurchase.Body() with { Lines = [] }, 400, "/lines");

    [Fact]
    public void A_line_is_not_null() => Refused(SomePurchase.Body(SomePurchase.Line(), null), 400, "/lines/1");

    [Fact]
    public void A_sku_holds_no_control_character() => Refused(SomePurchase.Body(SomePurchase.Line("a\nb")), 400, "/lines/0/sku");

    [Fact]
    public void Instructions_have_at_most_500_characters()
    {
        var five = string.Concat(Enumerable.Repeat("\U0001F381", 500));
        Assert.Equal(five, PurchaseChecks.Check(SomePurchase.Body() with { Instructions = five }).Instructions);
        Refused(SomePurchase.Body() with { Instructions = five + "x" }, 400, "/instructions");
    }

    [Fact]
    public void No_text_holds_a_null_character() =>
        Refused(SomePurchase.Body() with { Instructions = "a\0b" }, 400, "/instructions");

    [Theory]
    [InlineData("us")]
    [InlineData("USA")]
    [InlineData("")]
    public void A_country_is_two_capital_letters(string country) =>
        Refused(SomePurchase.Body() with { ShipTo = SomePurchase.Address with { Country = country } }, 400, "/shipTo/country");

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var problem = Assert.Throws<ProblemException>(() => PurchaseChecks.Check(
            SomePurchase.Body(SomePurchase.Line("", 0)) with { Payment = new("") }));

        Assert.Equal(["/lines/0/quantity", "/lines/0/sku", "/payment/cardToken"], problem.Errors!.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_currencies_are_refused() =>
        Refused(SomePurchase.Body(SomePurchase.Line("a"), SomePurchase.Line("b", currency: "EUR")), 422, "mixed-currency", slug: true);

    [Fact]
    public void A_card_number_is_refused_in_every_free_text_and_not_repeated()
    {
        const string Number = "4111 1111 1111 1111";
        var body = SomePurchase.Body();
        var address = SomePurchase.Address;
        ConfirmPurchaseBody[] bodies =
        [
            body with { Instructions = Number },
            body with { Payment = new(Number) },
            body with { Payment = new("tok_ok", Number) },
            body with { ShipTo = address with { Name = Number } },
            body with { ShipTo = address with { Line1 = Number } },
            body with { ShipTo = address with { Line2 = Number } },
            body with { ShipTo = address with { City = Number } },
            body with { ShipTo = address with { PostalCode = Number } },
        ];
        Assert.All(bodies, one =>
        {
            var problem = Assert.Throws<ProblemException>(() => PurchaseChecks.Check(one));
            Assert.Equal((422, "card-number-refused"), (problem.Status, problem.Slug));
            Assert.DoesNotContain("1111", problem.Message + string.Concat(problem.Errors!.Values.SelectMany(text => text)), StringComparison.Ordinal);
        });
    }

    private static void Refused(ConfirmPurchaseBody body, int status, string what, bool slug = false)
    {
        var problem = Assert.Throws<ProblemException>(() => PurchaseChecks.Check(body));
        Assert.Equal(status, problem.Status);
        Assert.Contains(what, slug ? [problem.Slug] : problem.Errors!.Keys);
    }
}
