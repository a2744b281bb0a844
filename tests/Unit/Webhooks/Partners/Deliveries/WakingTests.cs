using Orders.Webhooks.Partners.Deliveries;

namespace Orders.Tests.Unit.Webhooks.Partners.Deliveries;

public sealed class WakingTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly QueuedEndpoint Endpoint = new(Guid.Empty, Health.Good, null, Now);

    [Fact]
    public void Nothing_waits_for_a_time() => Assert.Null(Waking.At(null, Endpoint));

    [Fact]
    public void What_is_due_and_not_taken_waits_for_an_attempts_end() => Assert.Null(Waking.At(Now, Endpoint));

    [Fact]
    public void The_next_is_waited_for() => Assert.Equal(Now.AddMinutes(5), Waking.At(Now.AddMinutes(5), Endpoint));

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public void Whoever_asked_to_be_left_alone_is_called_after_that(int dueInMinutes) => Assert.Equal(
        Now.AddHours(1), Waking.At(Now.AddMinutes(dueInMinutes), Endpoint with { Health = Health.Good with { ResumeAt = Now.AddHours(1) } }));

    [Theory]
    [InlineData(4, false)]
    [InlineData(5, false)]
    [InlineData(6, true)]
    [InlineData(0, true)]
    [InlineData(-1, true)]
    public void A_message_is_sent_unless_one_comes_soon_enough(int wakeInMinutes, bool sent) =>
        Assert.Equal(sent, Waking.At(Now.AddMinutes(5), Endpoint with { WakeAt = Now.AddMinutes(wakeInMinutes) }) is not null);
}
