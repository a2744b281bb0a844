using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Formats.Calls;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

public sealed class OutboundFormatTests
{
    private const string Fields =
        "<sf:Id>003A</sf:Id><sf:Email>a@b.c</sf:Email><sf:FirstName>Ann</sf:FirstName><sf:LastModifiedDate>2026-01-31T12:00:00.250Z</sf:LastModifiedDate><sf:Phone xsi:nil=\"true\"/><sf:Title>Dr</sf:Title>";

    private static readonly OutboundFormat Format = new();

    [Theory]
    [InlineData(true, "new")]
    [InlineData(true, "old")]
    [InlineData(false, "neW")]
    [InlineData(false, "")]
    [InlineData(false)]
    [InlineData(false, "new", "new")]
    public void One_of_its_keys_in_the_query_proves_the_sender(bool proven, params string[] keys) =>
        Assert.Equal(proven, Format.Proves(Outbound, Keyed("", keys), Now));

    [Fact]
    public void Another_organisation_is_not_the_sender() => Assert.Throws<UnknownSenderException>(
        () => Format.Read(Outbound, Keyed(Soap(Notification("1", Fields), "00D7F00000107XsUAX"))));

    [Fact]
    public void A_notification_is_a_snapshot_whose_date_is_the_order()
    {
        var events = Format.Read(Outbound, Keyed(Soap(Notification("04l1", Fields) + Notification("04l2", Fields))));
        var change = Assert.Single(Format.Interpret(Outbound, events[0].Text).Changes);

        Assert.Equal(["04l1", "04l2"], events.Select(one => one.Id));
        Assert.Equal(("003A", ChangeKind.Snapshot, new Stamp(1_769_860_800_250)), (change.RecordId, change.Kind, change.Stamp));
        Assert.Equal([new("email", "a@b.c"), new("firstName", "Ann"), new("phone", null)], change.Fields.OrderBy(one => one.Key));
    }

    [Fact]
    public void A_record_that_says_so_is_deleted() => Assert.Equal(
        ChangeKind.Deleted, Assert.Single(Interpreted(Notification("1", Fields + "<sf:IsDeleted>true</sf:IsDeleted>")).Changes).Kind);

    [Fact]
    public void Other_kinds_of_records_are_left_alone() => Assert.Empty(Interpreted(Notification("1", Fields, "sf:Account")).Changes);

    [Theory]
    [InlineData("no xml")]
    [InlineData("<a/>")]
    [InlineData("<soapenv:Envelope xmlns:soapenv='http://www.w3.org/2003/05/soap-envelope'/>")]
    public void What_is_no_outbound_message_is_refused(string body) =>
        Assert.Equal(400, Assert.Throws<ProblemException>(() => Format.Read(Outbound, Keyed(body))).Status);

    [Theory]
    [InlineData("")]
    [InlineData("<Notification><sObject/></Notification>")]
    public void Notifications_that_are_missing_or_nameless_are_refused(string notifications) =>
        Assert.Equal(400, Assert.Throws<ProblemException>(() => Format.Read(Outbound, Keyed(Soap(notifications)))).Status);

    [Fact]
    public void More_than_a_hundred_notifications_are_refused()
    {
        string Many(int count) => Soap(string.Concat(Enumerable.Range(1, count).Select(id => Notification($"{id}", Fields))));

        Assert.Equal(100, Format.Read(Outbound, Keyed(Many(100))).Count);
        Assert.Equal(400, Assert.Throws<ProblemException>(() => Format.Read(Outbound, Keyed(Many(101)))).Status);
    }

    // A tree this deep would take minutes to build and write out.
    [Fact(Timeout = 20_000)]
    public async Task What_is_nested_too_deeply_is_refused_before_a_tree_is_built()
    {
        static string Deep(int levels) => Soap(Notification("1", Fields) + string.Concat(Enumerable.Repeat("<a>", levels)) + string.Concat(Enumerable.Repeat("</a>", levels)));

        Assert.Single(Format.Read(Outbound, Keyed(Deep(29))));
        foreach (var levels in new[] { 30, 80_000 })
        {
            var refused = await Assert.ThrowsAsync<ProblemException>(() => Task.Run(() => Format.Read(Outbound, Keyed(Deep(levels)))));
            Assert.Equal((400, "is nested deeper than 32 levels, or an element has more than 64 attributes."), (refused.Status, refused.Errors![""].Single()));
        }
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void An_element_may_have_so_many_attributes(int count, bool read)
    {
        var body = Soap(Notification("1", Fields) + $"<a {string.Concat(Enumerable.Range(1, count).Select(number => $" xmlns:p{number}=\"u{number}\""))}/>");

        Assert.Equal(read, Record.Exception(() => Format.Read(Outbound, Keyed(body))) is null);
    }

    [Theory]
    [InlineData("<!DOCTYPE a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]>")]
    [InlineData("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">")]
    public void A_document_type_is_refused(string prologue) => Assert.Equal(
        400, Assert.Throws<ProblemException>(() => Format.Read(Outbound, Keyed(Soap(Notification("1", Fields), prologue: prologue)))).Status);

    [Theory]
    [InlineData("<sf:Id>003A</sf:Id>")]
    [InlineData("<sf:Id>003A</sf:Id><sf:LastModifiedDate>soon</sf:LastModifiedDate>")]
    [InlineData("<sf:LastModifiedDate>2026-01-31T12:00:00Z</sf:LastModifiedDate>")]
    public void Without_a_date_or_an_id_a_notification_cannot_be_meant(string fields) =>
        Assert.Throws<UnreadableEventException>(() => Interpreted(Notification("1", fields)));

    private static CrmNews Interpreted(string notification) =>
        Format.Interpret(Outbound, Assert.Single(Format.Read(Outbound, Keyed(Soap(notification)))).Text);
}
