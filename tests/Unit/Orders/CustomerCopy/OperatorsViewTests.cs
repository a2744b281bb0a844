using System.Text;
using Orders.Api.CustomerCopy;
using Orders.Api.OrderViews;

namespace Orders.Tests.Unit.OrdersApi.CustomerCopy;

public sealed class OperatorsViewTests
{
    private static readonly StoredOrder Order = new(Guid.Empty, "david", "accepted", 7, """{"version":7,"timeline":[]}"""u8.ToArray());
    private static readonly OrderCustomer David = new("david", "demo", "david@example.com", null) { Revision = 3 };

    [Fact]
    public void The_customer_comes_behind_the_document_as_it_is_stored() => Assert.Equal(
        """{"version":7,"timeline":[],"customer":{"id":"david","source":"demo","email":"david@example.com","name":null}}""", Text(OperatorsView.Show(Order, David)));

    [Fact]
    public void Where_there_is_none_it_says_so() =>
        Assert.Equal("""{"version":7,"timeline":[],"customer":null}""", Text(OperatorsView.Show(Order, null)));

    [Fact]
    public void Whatever_is_another_than_before_has_another_tag()
    {
        ShownOrder[] shown =
        [
            ShownOrder.Of(Order),
            OperatorsView.Show(Order, null),
            OperatorsView.Show(Order, David),
            OperatorsView.Show(Order, David with { Revision = 4 }),
            OperatorsView.Show(Order, David with { Source = "other" }),
            OperatorsView.Show(Order with { Version = 8 }, David),
        ];

        Assert.Equal(shown.Length, shown.Select(one => one.Tag).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal("\"7\"", shown[0].Tag);
        Assert.Same(Order.Json, shown[0].Json);
    }

    private static string Text(ShownOrder shown) => Encoding.UTF8.GetString(shown.Json);
}
