using System.Text.Json;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;

namespace Orders.Tests.Unit.Replay;

public sealed class SendDifferenceTests
{
    [Theory]
    [InlineData("a b c", "a b c", "")]
    [InlineData("a b c", "a c", "sent[1] b:")]
    [InlineData("a c", "a b c", "sent[1] :b")]
    [InlineData("a b c", "a d c", "sent[1] b:d")]
    [InlineData("a b c", "b a c", "sent[0] a:, sent[1] :a")]
    [InlineData("a", "", "sent[0] a:")]
    [InlineData("", "a b", "sent[0] :a, sent[1] :b")]
    [InlineData("a a", "a", "sent[1] a:")]
    public void What_is_missing_more_or_another_is_told_and_nothing_else(string recorded, string replayed, string told) =>
        Assert.Equal(told, string.Join(", ", SendDifference.Between(Sends(recorded), Sends(replayed), _ => false)
            .Select(difference => $"{difference.Path} {Type(difference.Recorded)}:{Type(difference.Replayed)}")));

    [Fact]
    public void A_body_is_compared_with_that_of_the_same_message()
    {
        RecordedSend[] recorded = [Send("a", "1"), Send("b", "{\"x\":1,\"y\":2}")];
        RecordedSend[] replayed = [Send("c", "1"), Send("b", "{\"x\":1,\"y\":3}")];

        Assert.Equal(["sent[0]", "sent[1].body.y"], SendDifference.Between(recorded, replayed, _ => false).Select(difference => difference.Path));
        Assert.Equal(["sent[0]"], SendDifference.Between(recorded, replayed, path => path == "sent[1].body.y").Select(difference => difference.Path));
        Assert.Equal(["sent[0]"], SendDifference.Between(recorded, replayed, path => path == "sent[1]").Select(difference => difference.Path));
    }

    private static RecordedSend[] Sends(string types) => [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(type => Send(type, "{}"))];

    private static RecordedSend Send(string type, string body) => new(SendKinds.Send, type, 1, JsonElement.Parse(body));

    private static string Type(string? head) => head?.Split(' ')[1] ?? "";
}
