using System.Text.Json;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;

namespace Orders.Tests.Unit.Replay;

public sealed class OlderVersionTests
{
    private static readonly SagaReplay<KettleSaga, KettleData> Replay = new(Kettles.Messages, KettleJson.Default.KettleData, _ => new());

    [Fact]
    public void What_was_heard_and_said_in_an_older_version_is_lifted() => Assert.Null(Replay.Run([Recorded("0.25", "0.25")]));

    [Fact]
    public void And_compared_as_such() =>
        Assert.Equal("sent[0].body.Millilitres", Assert.Single(Replay.Run([Recorded("0.25", "0.5")])!.Differences).Path);

    private static HistoryStep Recorded(string heard, string said) => new()
    {
        Saga = nameof(KettleSaga),
        SagaId = Guid.Empty,
        Step = 1,
        At = DateTimeOffset.UnixEpoch,
        Message = new(Guid.Empty, "kettles.fill", 1, new Dictionary<string, string>(StringComparer.Ordinal), JsonElement.Parse($"{{\"Number\":1,\"Litres\":{heard}}}")),
        State = JsonElement.Parse("{\"Number\":1,\"Millilitres\":250,\"Id\":\"00000000-0000-0000-0000-000000000000\"}"),
        Sent = [new(SendKinds.Publish, "kettles.filled", 1, JsonElement.Parse($"{{\"Number\":1,\"Litres\":{said}}}"))],
    };
}
