using Orders.Webhooks.Crm.Customers;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Merging.Changes;
using static Orders.Webhooks.Crm.Merging.ChangeKind;

namespace Orders.Tests.Unit.Webhooks.Crm.Customers;

public sealed class CustomerViewTests
{
    [Fact]
    public void A_name_is_the_whole_or_its_parts_whichever_came_last()
    {
        Assert.Equal("Ann Lee", Name(Of(Created, 1, ("firstName", "Ann"), ("lastName", "Lee"))));
        Assert.Equal("Lee", Name(Of(Created, 1, ("firstName", null), ("lastName", "Lee"))));
        Assert.Equal("Bob", Name(Of(Created, 1, ("firstName", "Ann"), ("lastName", "Lee")), Of(Updated, 2, ("name", "Bob"))));
        Assert.Equal("Ann Lee", Name(Of(Created, 1, ("name", "Bob")), Of(Updated, 2, ("firstName", "Ann"), ("lastName", "Lee"))));
        Assert.Equal("Bob", Name(Of(Created, 1, ("name", "Bob")), Of(Updated, 2, ("firstName", null))));
        Assert.Null(Name(Of(Created, 1, ("email", "a"))));
    }

    [Fact]
    public void Of_a_deleted_customer_nothing_is_told_but_that()
    {
        var (state, _, _) = Play([Of(Created, 1, ("email", "a"), ("name", "n"), ("phone", "p")), Of(Deleted, 2)]);

        var told = CustomerView.Changed(new(new("crm", "003"), state, Revision: 2), DateTimeOffset.UnixEpoch);

        Assert.Equal(new("crm", "003", 2, null, null, null, true, 2, DateTimeOffset.UnixEpoch), told);
    }

    private static string? Name(params CrmChange[] changes) => CustomerView.Name(Play(changes).State!);
}
