using Orders.Host.Demo;

namespace Orders.Tests.Unit.Host.Demo;

public sealed class DemoKindTests
{
    [Fact]
    public void A_hundred_orders_hold_every_kind_in_its_share()
    {
        var kinds = Enumerable.Range(0, 100).Select(DemoKind.Of).CountBy(kind => kind).ToDictionary();

        Assert.All(DemoKind.All, kind => Assert.Equal(kind.Share, kinds[kind]));
    }

    [Fact]
    public void An_order_is_the_same_whenever_it_is_placed_again()
    {
        var catalogue = SampleItem.Load();

        Assert.Equal(DemoOrder.Of(17, catalogue).Request.Lines, DemoOrder.Of(17, catalogue).Request.Lines);
        Assert.Equal(DemoOrder.Of(17, catalogue).Request.ShipTo, DemoOrder.Of(17, catalogue).Request.ShipTo);
    }

    [Fact]
    public void Only_orders_that_are_to_run_short_want_what_nobody_has()
    {
        var catalogue = SampleItem.Load();
        var orders = Enumerable.Range(0, 300).Select(number => DemoOrder.Of(number, catalogue)).ToList();

        Assert.All(orders, order => Assert.Equal(order.Kind.IsShort, order.Request.Lines.Any(line => line.Sku == SampleItem.SoldOut)));
    }
}
