using System.Text.Json;
using Orders.Bus.History;
using Orders.Bus.Testing.Replay;

namespace Orders.Tests.Unit.Replay;

/// <summary>What is no history is told, with its line; it never passes for one that replays.</summary>
public sealed class HistoryFileTests : IDisposable
{
    private static readonly Guid Id = Guid.Parse("0195d4f0-0000-7000-8000-000000000001");
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("", "holds no step")]
    [InlineData("\n \n", "holds no step")]
    [InlineData("null", "line 1: it is no step")]
    [InlineData("[]", "line 1: it is no step")]
    [InlineData("{}", "line 1: it is no step")]
    public void A_file_without_steps_is_refused(string text, string told) => Refused(text, told);

    [Fact]
    public void A_step_without_state_or_body_is_refused()
    {
        Refused(Line(Step(1) with { State = JsonElement.Parse("null") }), "line 1: it is no step of a history: Its state");
        Refused(Line(Step(1) with { Message = Step(1).Message with { Body = JsonElement.Parse("null") } }), "Its message has no body");
    }

    [Theory]
    [InlineData("{}", "line 2: it is no step")]
    [InlineData("{\"from\":0,\"by\":\"x\",\"reason\":\"y\",\"plan\":\"z\"}", "line 2: it is no step of a history: It forks from step 0")]
    [InlineData("{\"from\":2,\"by\":\"x\",\"reason\":\"y\",\"plan\":\"z\"}", "line 2: it is no step of a history: It forks from step 2")]
    public void A_fork_from_no_step_is_refused(string note, string told) =>
        Refused(Line(Step(1)) + "\n" + Line(Step(2) with { Message = Step(2).Message with { Type = ForkNote.MessageType, Body = JsonElement.Parse(note) } }), told);

    [Fact]
    public void A_history_of_ten_thousand_steps_is_read_at_once()
    {
        var history = Enumerable.Range(1, 10_000).Select(Step).ToList();

        Assert.Equal(10_000, history.Standing().Count);
    }

    private void Refused(string text, string told)
    {
        File.WriteAllText(file, text);
        Assert.Contains(told, Assert.Throws<InvalidDataException>(() => HistoryFile.Read(file)).Message, StringComparison.Ordinal);
    }

    private static string Line(HistoryStep step) => HistoryFile.Line(step);

    private static HistoryStep Step(int number) => new()
    {
        Saga = "S", SagaId = Id, Step = number, At = DateTimeOffset.UnixEpoch, State = JsonElement.Parse("{}"),
        Message = new(Id, "m", 1, new Dictionary<string, string>(), JsonElement.Parse("{}")),
    };
}
