using System.Text.Json;
using Orders.Bus.History;

namespace Orders.Tests.Unit.Replay;

/// <summary>What was said already is known again, so that a fork does not say it twice.</summary>
public sealed class ForkedHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("{\"x\":1}", "{\"x\":1,\"express\":false}", true)]
    [InlineData("{\"x\":1,\"note\":null}", "{\"x\":1}", true)]
    [InlineData("{\"x\":1}", "{\"x\":1,\"express\":true}", false)]
    [InlineData("{\"x\":1}", "{\"x\":2}", false)]
    public void An_optional_member_that_is_empty_makes_no_other_message(string said, string now, bool same) =>
        Assert.Equal(same, IsSame(Send(said), Send(now)));

    [Fact]
    public void What_an_earlier_fork_sent_for_a_time_is_what_the_step_sends_after_a_delay()
    {
        var asked = new RecordedSend(SendKinds.Timeout, "t", 1, JsonElement.Parse("{}"), Delay: TimeSpan.FromHours(1));
        var byFork = asked with { Delay = null, At = Noon.AddHours(1) };

        Assert.True(IsSame(new(1, Noon, asked), new(5, Noon.AddDays(1), byFork)));
        Assert.True(IsSame(new(1, Noon, asked), new(2, Noon.AddMinutes(1), asked)));
        Assert.False(IsSame(new(1, Noon, asked), new(5, Noon.AddDays(1), byFork with { At = Noon.AddHours(2) })));
    }

    private static bool IsSame(SaidSend one, SaidSend other) => new[] { one }.Without(said => said, [other]).Count == 0;

    private static SaidSend Send(string body) => new(1, Noon, new(SendKinds.Send, "t", 1, JsonElement.Parse(body)));
}
