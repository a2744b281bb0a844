using Orders.Contracts;
using Orders.Host.ImportRetail;

namespace Orders.Tests.Unit.Host.ImportRetail;

public sealed class ImportPlanTests
{
    private int line = 1;

    [Fact]
    public void An_invoice_is_one_order_keyed_by_its_number_and_sums_rows_of_one_item()
    {
        var order = Assert.Single(Plan(Row("1", "A", 2), Row("1", "B", 1), Row("1", "A", 3)).Orders);

        Assert.Equal("retail-1", order.Key);
        Assert.Equal([("A", 5), ("B", 1)], order.Lines.Select(item => (item.Sku, item.Quantity)));
    }

    [Fact]
    public void An_item_at_two_prices_splits_its_invoice_and_says_so()
    {
        var plan = Plan(Row("1", "A", 2, price: 100), Row("1", "B", 1), Row("1", "A", 3, price: 90));

        Assert.Equal(["retail-1", "retail-1-2"], plan.Orders.Select(order => order.Key));
        Assert.Contains("invoice 1: placed as 2 orders", Assert.Single(plan.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_invoice_over_200_items_is_split_and_loses_no_unit()
    {
        var plan = Plan([.. Enumerable.Range(0, 450).Select(index => Row("1", $"S{index}", 2))]);

        Assert.Equal([200, 200, 50], plan.Orders.Select(order => order.Lines.Count));
        Assert.Equal(900, plan.Needed.Values.Sum());
    }

    [Fact]
    public void No_order_line_holds_more_than_the_api_takes()
    {
        var plan = Plan(Row("1", "A", 9_000), Row("1", "A", 9_000));

        Assert.Equal([9_000, 9_000], plan.Orders.Select(order => order.Lines.Single().Quantity));
    }

    [Fact]
    public void A_cancellation_takes_back_the_latest_earlier_invoice_of_the_same_customer_and_units()
    {
        var plan = Plan(Row("1", "A", 2), Row("2", "A", 2), Row("C3", "A", 2), Row("4", "A", 2));

        Assert.Equal([null, "C3", null], plan.Orders.Select(order => order.CancelledBy));
        Assert.Empty(plan.Rejected);
    }

    [Fact]
    public void Two_equal_cancellations_take_back_two_invoices()
    {
        var plan = Plan(Row("1", "A", 2), Row("2", "A", 2), Row("C3", "A", 2), Row("C4", "A", 2));

        Assert.Equal(["C4", "C3"], plan.Orders.Select(order => order.CancelledBy));
    }

    [Fact]
    public void Returning_a_part_of_an_invoice_cancels_nothing_and_is_listed()
    {
        var plan = Plan(Row("1", "A", 2), Row("1", "B", 2), Row("C2", "A", 1));

        Assert.Null(plan.Orders.Single().CancelledBy);
        Assert.Contains("a part of invoice 1", Assert.Single(plan.Rejected).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("12345", "no earlier invoice of customer 12345")]
    [InlineData(null, "names no customer")]
    public void A_cancellation_that_matches_nothing_is_listed(string? customer, string reason)
    {
        var plan = Plan(Row("1", "A", 2), Row("C2", "A", 2) with { Customer = customer });

        Assert.Contains(reason, Assert.Single(plan.Rejected).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_without_a_description_takes_its_name_from_another_row_or_is_named_by_its_code()
    {
        var plan = Plan(Row("1", "A", 1) with { Description = "" }, Row("1", "B", 1) with { Description = "" }, Row("2", "A", 1));

        Assert.Equal(["item A", "B"], plan.Orders[0].Lines.Select(item => item.Name));
    }

    private static ImportPlan Plan(params RetailRow[] rows) => ImportPlan.For(new(rows, []), int.MaxValue);

    private RetailRow Row(string invoice, string sku, int quantity, long price = 100) =>
        new(++line, invoice, sku, $"item {sku}", quantity, new Money(price, "GBP"), "17850", "United Kingdom");
}
