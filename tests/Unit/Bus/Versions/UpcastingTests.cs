using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Orders.Bus.Composition;
using Orders.Bus.Engine;

namespace Orders.Tests.Unit.Bus.Versions;

public sealed partial class UpcastingTests
{
    private const string Id = "01a1fdea-d3ea-7e7e-8819-9c5f0df49778";

    [Theory]
    [InlineData(1, """{"id":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","name":"Ada Lovelace"}""")]
    [InlineData(2, """{"id":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","first":"Ada","last":"Lovelace"}""")]
    [InlineData(3, """{"id":"01a1fdea-d3ea-7e7e-8819-9c5f0df49778","first":"Ada","last":"Lovelace","points":0}""")]
    public void Every_version_is_read_as_the_present_one(int version, string body) =>
        Assert.Equal(new Renamed(Guid.Parse(Id), "Ada", "Lovelace", 0), Registry(Contract()).Read("people.renamed", version, body));

    [Theory]
    [InlineData(1, """{"id":1""", "cannot be lifted")]
    [InlineData(1, "[]", "cannot be lifted")]
    [InlineData(1, """{"id":"x"}""", "cannot be lifted")]
    [InlineData(2, """{"id":"x","first":"Ada","last":"Lovelace"}""", "malformed")]
    [InlineData(0, "{}", "version 0")]
    [InlineData(4, "{}", "Deploy the newer version")]
    public void What_has_not_its_versions_shape_cannot_be_read(int version, string body, string reason) => Assert.Contains(
        reason, Assert.Throws<UnreadableMessageException>(() => Registry(Contract()).Read("people.renamed", version, body)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_version_without_an_upcaster_is_found_at_the_start() => Assert.Contains(
        "no upcaster from version 2",
        Assert.Throws<InvalidOperationException>(() => Registry(Bare().UpcastFrom(1, body => body))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void An_upcaster_that_nothing_needs_is_refused(int version) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Contract().UpcastFrom(version, body => body));

    private static MessageRegistry Registry(MessageContract contract) => new([contract]);

    private static MessageContract Bare() => MessageContract.Event("people.renamed", 3, PeopleJson.Default.Renamed, message => message.Id.ToString());

    private static MessageContract Contract() => Bare().UpcastFrom(1, Split).UpcastFrom(2, body =>
    {
        body["points"] = 0;
        return body;
    });

    private static JsonObject Split(JsonObject body)
    {
        var names = body["name"]!.GetValue<string>().Split(' ');
        return new() { ["id"] = body["id"]?.DeepClone(), ["first"] = names[0], ["last"] = names[1] };
    }

    internal sealed record Renamed(Guid Id, string First, string Last, int Points) : IEvent;

    [JsonSerializable(typeof(Renamed))]
    [JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
    internal sealed partial class PeopleJson : JsonSerializerContext;
}
