using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orders.Bus.Composition;
using Orders.Bus.Engine;
using Orders.Tests.Unit.Architecture;

namespace Orders.Tests.Unit.Contracts;

/// <summary>
/// One stored body of every message version that was ever released, in <c>Released/</c>. Messages wait in queues, timers and
/// histories for years: what was written once has to be read for ever.
/// </summary>
public sealed class ReleasedMessagesTests
{
    private static readonly string Folder = Path.Combine(ProjectReferences.Root(), "tests/Unit/Contracts/Released");

    public static TheoryData<string, int> Released => [.. ComposedHost.Messages.SelectMany(Versions)];

    [Theory]
    [MemberData(nameof(Released))]
    public void It_is_read_and_nothing_of_it_is_lost(string name, int version)
    {
        var body = File.ReadAllText(PathOf(name, version));
        var registry = new MessageRegistry(ComposedHost.Messages);

        var message = registry.Read(name, version, body);

        var contract = registry.Of(message.GetType());
        Assert.NotEmpty(contract.Key(message));
        if (version == contract.Version)
        {
            var again = JsonSerializer.Serialize(message, contract.Json);
            Assert.True(Holds(JsonNode.Parse(again), JsonNode.Parse(body)), $"{name} version {version} is written as {again}");
        }
    }

    [Fact]
    public void Every_version_of_every_message_has_a_stored_body() => Assert.Equal(
        ComposedHost.Messages.SelectMany(Versions).Select(one => Path.GetFileName(PathOf(one.Data.Item1, one.Data.Item2))).Order(StringComparer.Ordinal),
        Directory.GetFiles(Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal));

    /// <summary>To release a version, add its file and its line. Never change a line: that version is in databases.</summary>
    [Fact]
    public void A_stored_body_never_changes() => Assert.Equal(
        File.ReadAllLines(Path.Combine(Folder, "released.sha256")),
        Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal).Select(file => $"{Hash(file)}  {Path.GetFileName(file)}"));

    [Theory]
    [InlineData("""{"a":1,"b":[{"c":1,"new":null}],"new":2}""", true)]
    [InlineData("""{"a":1,"b":[{"new":1}]}""", false)]
    [InlineData("""{"a":1,"b":[]}""", false)]
    [InlineData("""{"a":2,"b":[{"c":1}]}""", false)]
    public void Members_may_be_added_with_a_default_and_none_may_go(string again, bool holds) =>
        Assert.Equal(holds, Holds(JsonNode.Parse(again), JsonNode.Parse("""{"a":1,"b":[{"c":1}]}""")));

    private static bool Holds(JsonNode? whole, JsonNode? part) => (whole, part) switch
    {
        (JsonObject all, JsonObject some) => some.All(member => all.TryGetPropertyValue(member.Key, out var value) && Holds(value, member.Value)),
        (JsonArray all, JsonArray some) => all.Count == some.Count && some.Zip(all).All(pair => Holds(pair.Second, pair.First)),
        _ => JsonNode.DeepEquals(whole, part),
    };

    private static IEnumerable<TheoryDataRow<string, int>> Versions(MessageContract contract) =>
        Enumerable.Range(1, contract.Version).Select(version => new TheoryDataRow<string, int>(contract.Name, version));

    private static string PathOf(string name, int version) => Path.Combine(Folder, $"{name}.v{version}.json");

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
