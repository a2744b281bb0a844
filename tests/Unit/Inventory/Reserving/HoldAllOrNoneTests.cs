using Orders.Contracts;
using Orders.Inventory.Reserving;
using Orders.Inventory.Stock;

namespace Orders.Tests.Unit.Inventory.Reserving;

public sealed class HoldAllOrNoneTests
{
    private readonly Dictionary<string, StockLevel> stock = new(StringComparer.Ordinal)
    {
        ["tea"] = StockLevel.Empty("tea").Adjust(5),
        ["cup"] = StockLevel.Empty("cup").Adjust(2),
    };

    [Fact]
    public void Every_line_is_held_where_all_are_available()
    {
        var held = Assert.IsType<HoldOutcome.Held>(Decide(new("tea", 5), new("cup", 1)));
        Assert.Equal([5, 1], held.After.Select(level => level.Held));
    }

    [Fact]
    public void One_short_line_holds_nothing_and_is_named()
    {
        var missing = Assert.IsType<HoldOutcome.Short>(Decide(new("tea", 1), new("cup", 3)));
        Assert.Equal(["cup"], missing.Skus);
    }

    [Fact]
    public void An_unknown_item_is_short() =>
        Assert.Equal(["pot"], Assert.IsType<HoldOutcome.Short>(Decide(new HoldLine("pot", 1))).Skus);

    [Fact]
    public void Lines_of_one_sku_are_summed_before_they_are_judged()
    {
        var price = new Money(100, "USD");
        var lines = HoldLine.Of([new("tea", "Tea", 3, price), new("cup", "Cup", 1, price), new("tea", "Tea", 3, price)]);
        Assert.Equal([new HoldLine("tea", 6), new HoldLine("cup", 1)], lines);
        Assert.IsType<HoldOutcome.Short>(HoldAllOrNone.Decide(stock.GetValueOrDefault, lines));
    }

    private HoldOutcome Decide(params HoldLine[] lines) => HoldAllOrNone.Decide(stock.GetValueOrDefault, lines);
}
