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
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(again)), $"{name} version {version} is written as {again}");
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

    private static IEnumerable<TheoryDataRow<string, int>> Versions(MessageContract contract) =>
        Enumerable.Range(1, contract.Version).Select(version => new TheoryDataRow<string, int>(contract.Name, version));

    private static string PathOf(string name, int version) => Path.Combine(Folder, $"{name}.v{version}.json");

    private static string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
