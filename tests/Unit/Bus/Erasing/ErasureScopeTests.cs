using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus.Erasing;

public sealed class ErasureScopeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly PersonalMember Own = new("own", [], IsForeign: false);
    private static readonly PersonalMember Foreign = new("text", [], IsForeign: true);
    private static readonly Guid Single = Guid.CreateVersion7();

    private static readonly ErasureScope Scope = ErasureScope.Of(
    [
        new(1, "a", null, null, Noon.AddHours(-1)), new(2, "a", null, "0.3", Noon), new(3, null, Single, null, Noon),
    ]);

    [Theory]
    [InlineData("a", 0, 2)]
    [InlineData("a", 1, 0)] // sent later
    [InlineData("b", 0, 0)]
    public void Of_a_key_everything_is_masked_that_was_sent_until_then(string key, int minutes, int members) =>
        Assert.Equal(members, Of(Guid.Empty, key, minutes, "").Count);

    [Fact]
    public void A_single_message_is_masked_whenever_it_was_sent() => Assert.Equal([Own, Foreign], Of(Single, "b", 5, ""));

    [Theory]
    [InlineData("""{"id":"0.3"}""", true)]
    [InlineData("""{"text":"{\"id\": \"0.3\"}"}""", true)]
    [InlineData("""{"version":0.3}""", false)]
    [InlineData("""{"text":"about 0.3 of it"}""", false)]
    [InlineData("<id>0.3</id>", true)]
    [InlineData("\"10.3\"", false)]
    [InlineData("\"0.34\"", false)]
    [InlineData("\"0x3\"", false)]
    public void What_others_wrote_is_masked_where_it_mentions_the_id(string body, bool masked) =>
        Assert.Equal(masked ? [Foreign] : [], Of(Guid.Empty, "b", 0, body));

    private static IReadOnlyList<PersonalMember> Of(Guid id, string key, int minutes, string body) =>
        Scope.MembersOf(new(id, "type", key, Noon.AddMinutes(minutes), body), [Own, Foreign]);
}
