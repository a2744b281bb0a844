using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Formats.Calls;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

public sealed class StandardFormatTests
{
    private static readonly StandardFormat Format = new();

    [Theory]
    [InlineData("contact.created", ChangeKind.Created)]
    [InlineData("contact.updated", ChangeKind.Updated)]
    [InlineData("contact.deleted", ChangeKind.Deleted)]
    [InlineData("contact.undeleted", ChangeKind.Undeleted)]
    internal void An_event_is_one_change_of_one_record(string type, ChangeKind kind)
    {
        var body = $$$$"""{"type":"{{{{type}}}}","timestamp":"2026-01-31T13:00:00+01:00","new":1,"data":{"id":"003","version":17,"fields":{"email":"a","phone":null}}}""";
        var call = Signed(body, "evt_7");

        var taken = Assert.Single(Format.Read(Standard, call));
        var change = Assert.Single(Format.Interpret(Standard, taken.Text).Changes);

        Assert.True(Format.Proves(Standard, call, Now));
        Assert.Equal(("evt_7", body), (taken.Id, taken.Text));
        Assert.Equal(("003", kind, new Stamp(17), new DateTimeOffset(2026, 1, 31, 12, 0, 0, default)), (change.RecordId, change.Kind, change.Stamp, change.At));
        Assert.Equal([new("email", "a"), new("phone", null)], change.Fields);
    }

    [Fact]
    public void A_header_that_is_there_twice_proves_nothing()
    {
        var call = Signed("{}");
        call.Headers[WebhookSignature.IdHeader] = new(["evt_1", "evt_1"]);

        Assert.False(Format.Proves(Standard, call, Now));
    }

    [Theory]
    [InlineData("no json", "")]
    [InlineData("[]", "")]
    [InlineData("""{"type":"contact.created","type":"contact.deleted"}""", "")]
    [InlineData("""{"type":"contact.created",}""", "")]
    [InlineData("""{"timestamp":"2026-01-31T12:00:00Z","data":{"id":"1","version":1}}""", "/type")]
    [InlineData("""{"type":"contact.created","timestamp":"yesterday","data":{"id":"1","version":1}}""", "/timestamp")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z"}""", "/data")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z","data":{"id":7,"version":1}}""", "/data/id")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z","data":{"id":"1","version":"1"}}""", "/data/version")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z","data":{"id":"1","version":1.5}}""", "/data/version")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z","data":{"id":"1","version":1,"fields":{"email":7}}}""", "/data/fields")]
    [InlineData("""{"type":"contact.created","timestamp":"2026-01-31T12:00:00Z","data":{"id":"\ud800","version":1}}""", "")]
    public void What_is_not_of_its_shape_is_refused(string body, string at) => Assert.Equal(
        at, Assert.Single(Assert.Throws<ProblemException>(() => Format.Read(Standard, Signed(body))).Errors!).Key);

    [Fact]
    public void A_member_that_is_there_twice_is_refused_in_plain_words() => Assert.Equal(
        "gives a member twice.",
        Assert.Throws<ProblemException>(() => Format.Read(Standard, Signed("""{"type":"a","type":"b"}"""))).Errors![""].Single());

    [Theory]
    [InlineData("contact.updated", ".", 1, "a")]
    [InlineData("contact.updated", "..", 1, "a")]
    [InlineData("contact.updated", "a\\ufffdb", 1, "a")]
    [InlineData("contact.merged", "1", 1, "a")]
    [InlineData("contact.updated", "", 1, "a")]
    [InlineData("contact.updated", "a\\nb", 1, "a")]
    [InlineData("contact.updated", "1", 0, "a")]
    [InlineData("contact.updated", "1", 1, "\\u0000")]
    public void What_has_its_shape_and_cannot_be_meant_is_taken_in_as_unreadable(string type, string id, long version, string email)
    {
        var body = $$$$"""{"type":"{{{{type}}}}","timestamp":"2026-01-31T12:00:00Z","data":{"id":"{{{{id}}}}","version":{{{{version}}}},"fields":{"email":"{{{{email}}}}"}}}""";

        Assert.Throws<UnreadableEventException>(() => Format.Interpret(Standard, Assert.Single(Format.Read(Standard, Signed(body))).Text));
    }

    [Fact]
    public void A_value_and_a_name_have_their_limits()
    {
        Assert.Throws<UnreadableEventException>(() => Format.Interpret(Standard, Updated("email", new string('x', 4_001))));
        Assert.Throws<UnreadableEventException>(() => Format.Interpret(Standard, Updated(new string('x', 65), "a")));
        Assert.Throws<UnreadableEventException>(() => Format.Interpret(Standard, Updated("a b", "a")));
        Assert.Single(Format.Interpret(Standard, Updated(new string('x', 64), new string('x', 4_000))).Changes);

        static string Updated(string name, string value) =>
            $$$$"""{"type":"contact.updated","timestamp":"2026-01-31T12:00:00Z","data":{"id":"1","version":1,"fields":{"{{{{name}}}}":"{{{{value}}}}"}}}""";
    }
}
