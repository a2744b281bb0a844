using FsCheck;
using FsCheck.Fluent;
using Orders.Inventory.Stock;

namespace Orders.Tests.Unit.Inventory.Stock;

public sealed class StockLevelTests
{
    private readonly StockLevel level = StockLevel.Empty("tea").Adjust(10);

    [Fact]
    public void A_dispatched_unit_leaves_on_hand_and_held_and_enters_shipped() =>
        Assert.Equal(new StockLevel("tea", 7, 0, 3, 10), level.Hold(3).Ship(3));

    [Fact]
    public void A_released_unit_is_available_again() => Assert.Equal(level, level.Hold(4).Release(4));

    [Fact]
    public void More_than_is_available_cannot_be_held()
    {
        Assert.True(level.CanHold(10));
        Assert.False(level.CanHold(11));
        Assert.Throws<InvalidOperationException>(() => level.Hold(11));
    }

    [Fact]
    public void Held_units_cannot_be_adjusted_away()
    {
        var held = level.Hold(8);
        Assert.True(held.CanAdjust(-2));
        Assert.False(held.CanAdjust(-3));
        Assert.Throws<InvalidOperationException>(() => held.Adjust(-3));
    }

    [Fact]
    public void Units_that_are_not_held_cannot_be_shipped_or_released()
    {
        Assert.Throws<InvalidOperationException>(() => level.Ship(1));
        Assert.Throws<InvalidOperationException>(() => level.Release(1));
    }

    [Theory]
    [InlineData(11, 10, true)]
    [InlineData(20, 3, true)]
    [InlineData(10, 9, false)]
    [InlineData(12, 11, false)]
    public void Stock_is_low_once_a_crossing(long from, long to, bool low)
    {
        var before = StockLevel.Empty("tea").Adjust(from);
        Assert.Equal(low, before.FallsTo(10, before.Hold(from - to)));
    }

    [Fact]
    public void Whatever_happens_the_balances_add_up()
    {
        var steps = Gen.Choose(0, 3).SelectMany(kind => Gen.Choose(-20, 20).Select(quantity => (Kind: kind, Quantity: (long)quantity)));
        Prop.ForAll(steps.ListOf().ToArbitrary(), history =>
        {
            var end = history.Aggregate(level, (now, step) => Try(now, step.Kind, step.Quantity));
            return end.OnHand + end.Shipped == end.Adjusted && end.Available >= 0 && end.Held >= 0 && end.Shipped >= 0;
        }).QuickCheckThrowOnFailure();
    }

    // What the guards refuse is left undone, as the handlers leave it.
    private static StockLevel Try(StockLevel now, int kind, long quantity) => kind switch
    {
        0 => now.CanAdjust(quantity) ? now.Adjust(quantity) : now,
        1 => now.CanHold(Math.Abs(quantity)) ? now.Hold(Math.Abs(quantity)) : now,
        2 => Math.Abs(quantity) <= now.Held ? now.Release(Math.Abs(quantity)) : now,
        _ => Math.Abs(quantity) <= now.Held ? now.Ship(Math.Abs(quantity)) : now,
    };
}
