using Orders.Analytics.TopItems;
using Orders.Contracts;

namespace Orders.Tests.Unit.Analytics.TopItems;

public sealed class TopRankingTests
{
    // Rupiah and dollars: whoever compares the amounts puts both of the first before both of the second.
    private static readonly TopItem[] Items =
    [
        Item("satay", 1, new Money(900_000_00, "IDR")), Item("kopi", 2, new Money(1_000_000_00, "IDR")),
        Item("tie", 3, new Money(50_00, "USD")), Item("hat", 4, new Money(60_00, "USD")),
    ];

    [Fact]
    public void Revenue_is_ranked_within_a_currency_and_never_across() =>
        Assert.Equal(["hat", "kopi", "satay", "tie"], Ranked(Items, TopBy.Revenue));

    [Fact]
    public void An_item_of_several_currencies_stands_at_the_best_of_its_places() => Assert.Equal(
        ["both", "kopi", "hat", "satay", "tie"],
        Ranked([.. Items, Item("both", 1, new Money(1, "IDR"), new Money(70_00, "USD"))], TopBy.Revenue));

    [Fact]
    public void Units_are_ranked_whatever_they_cost() => Assert.Equal(["hat", "tie", "kopi", "satay"], Ranked(Items, TopBy.Units));

    [Fact]
    public void Equals_fall_to_the_sku_and_the_limit_holds() => Assert.Equal(
        ["a"], TopRanking.Rank([Item("b", 1, new Money(1, "USD")), Item("a", 1, new Money(1, "USD"))], TopBy.Revenue, 1).Select(item => item.Sku));

    private static IEnumerable<string> Ranked(TopItem[] items, TopBy by) => TopRanking.Rank(items, by, 50).Select(item => item.Sku);

    private static TopItem Item(string sku, long units, params Money[] revenue) => new(sku, sku, 1, units, revenue);
}
