using Orders.Hosting;
using Orders.Webhooks.Crm.Formats;
using Orders.Webhooks.Crm.Merging;
using static Orders.Tests.Unit.Webhooks.Crm.Formats.Calls;

namespace Orders.Tests.Unit.Webhooks.Crm.Formats;

public sealed class CdcFormatTests
{
    private static readonly CdcFormat Format = new();

    [Theory]
    [InlineData("CREATE", ChangeKind.Created)]
    [InlineData("UPDATE", ChangeKind.Updated)]
    [InlineData("DELETE", ChangeKind.Deleted)]
    [InlineData("UNDELETE", ChangeKind.Undeleted)]
    [InlineData("GAP_CREATE", ChangeKind.Gap)]
    [InlineData("GAP_UPDATE", ChangeKind.Gap)]
    [InlineData("GAP_DELETE", ChangeKind.Gap)]
    [InlineData("GAP_UNDELETE", ChangeKind.Gap)]
    internal void Each_record_that_changed_alike_is_a_change_in_the_commits_order(string type, ChangeKind kind)
    {
        var news = Interpreted(Changed(type, ids: "\"003A\",\"003B\""));

        Assert.False(news.AnythingMayHaveChanged);
        Assert.Equal(["003A", "003B"], news.Changes.Select(change => change.RecordId));
        Assert.All(news.Changes, change => Assert.Equal((kind, new Stamp(1606869985000, 1045310783446, 2)), (change.Kind, change.Stamp)));
    }

    [Fact]
    public void An_overflow_may_have_changed_anything() => Assert.True(Interpreted(Changed("GAP_OVERFLOW", ids: "\"003*\"")) is { AnythingMayHaveChanged: true, Changes: [] });

    [Theory]
    [InlineData("""{"payload":@,"event":{"replayId":5}}""")]
    [InlineData("""{"data":{"payload":@}}""")]
    [InlineData("@")]
    public void It_may_be_wrapped_as_streams_do(string wrapping) => Assert.Equal(
        "a", Assert.Single(Interpreted(wrapping.Replace("@", Changed("CREATE", ",\"Email\":\"a\""), StringComparison.Ordinal)).Changes).Fields["email"]);

    [Fact]
    public void Fields_are_kept_under_our_names_and_others_are_not() => Assert.Equal(
        [new("email", "a"), new("firstName", "Ann"), new("lastName", "Lee"), new("phone", null)],
        Assert.Single(Interpreted(Changed("UPDATE", ",\"Email\":\"a\",\"Phone\":null,\"Name\":{\"FirstName\":\"Ann\",\"LastName\":\"Lee\"},\"Title\":\"Dr\"")).Changes)
            .Fields.OrderBy(one => one.Key, StringComparer.Ordinal));

    [Fact]
    public void What_is_named_as_changed_and_not_there_is_empty() => Assert.Equal(
        [new("email", null), new("firstName", null), new("phone", null)],
        Assert.Single(Interpreted(Changed("UPDATE", more: ",\"changedFields\":[\"Email\",\"Name.FirstName\"],\"nulledFields\":[\"Phone\"]")).Changes)
            .Fields.OrderBy(one => one.Key, StringComparer.Ordinal));

    [Fact]
    public void Other_entities_are_left_alone() => Assert.Empty(Interpreted(Changed("UPDATE", entity: "Account")).Changes);

    [Theory]
    [InlineData("{}", "/ChangeEventHeader")]
    [InlineData("""{"ChangeEventHeader":{"recordIds":[]}}""", "/ChangeEventHeader/entityName")]
    [InlineData("""{"ChangeEventHeader":{"entityName":"Contact","recordIds":"003"}}""", "/ChangeEventHeader/recordIds")]
    [InlineData("""{"ChangeEventHeader":{"entityName":"Contact","recordIds":["003"],"changeType":"UPDATE","commitTimestamp":-1}}""", "/ChangeEventHeader/commitTimestamp")]
    public void What_is_no_change_event_is_refused(string body, string at) => Assert.Equal(
        at, Assert.Single(Assert.Throws<ProblemException>(() => Format.Read(Cdc, Signed(body))).Errors!).Key);

    [Fact]
    public void A_type_that_is_not_known_and_a_value_that_is_no_text_cannot_be_meant()
    {
        Assert.Throws<UnreadableEventException>(() => Interpreted(Changed("MERGE")));
        Assert.Throws<UnreadableEventException>(() => Interpreted(Changed("UPDATE", ",\"Email\":7")));
    }

    private static CrmNews Interpreted(string body) => Format.Interpret(Cdc, Assert.Single(Format.Read(Cdc, Signed(body))).Text);
}
