using Orders.Webhooks.Partners.Deliveries;
using Orders.Webhooks.Partners.Sending;

namespace Orders.Tests.Unit.Webhooks.Partners.Deliveries;

public sealed class VerdictTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly Health Failing = Health.Good with { FailingSince = Now.AddHours(-1), ResumeAt = Now.AddMinutes(1) };

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    [InlineData(299)]
    public void Any_2xx_is_success_and_heals(int status) => Assert.Equal(new(DeliveryState.Succeeded, null, Health.Good), On(Of(status), Failing));

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    public void Anything_else_is_a_failure_that_is_tried_again(int? status)
    {
        var verdict = On(Of(status), Health.Good);

        Assert.Equal((DeliveryState.Due, Now), (verdict.State, verdict.Health.FailingSince));
        Assert.InRange(verdict.DueAt!.Value, Now.AddSeconds(5), Now.AddSeconds(5.5));
        Assert.Null(verdict.Health.ResumeAt);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(500, false)]
    [InlineData(301, false)]
    public void Two_answers_say_when_to_come_back(int status, bool obeyed)
    {
        var verdict = On(Of(status) with { RetryAfter = TimeSpan.FromHours(1) }, Health.Good);

        Assert.Equal(obeyed, verdict.DueAt == Now.AddHours(1));
        Assert.Equal(obeyed ? Now.AddHours(1) : null, verdict.Health.ResumeAt);
        Assert.Equal(obeyed ? 0 : 1, verdict.Health.Allowance(Now));
    }

    [Fact]
    public void Gone_disables_and_keeps_the_delivery() =>
        Assert.Equal(new(DeliveryState.Due, Now, Health.Good with { Enabled = false, DisabledReason = "gone" }), On(Of(410), Health.Good, attempts: 10));

    [Fact]
    public void Five_days_of_failures_disable_and_a_moment_less_does_not()
    {
        var since = Health.Good with { FailingSince = Now - Health.Patience };

        Assert.Equal("failing", On(Of(500), since).Health.DisabledReason);
        Assert.True(On(Of(500), since with { FailingSince = since.FailingSince + TimeSpan.FromSeconds(1) }).Health.Enabled);
    }

    [Fact]
    public void What_its_partner_disabled_stays_disabled_without_another_reason()
    {
        var off = Health.Good with { Enabled = false, FailingSince = Now - Health.Patience };

        Assert.All(new int?[] { 200, 410, 500 }, status => Assert.Equal((false, null), (On(Of(status), off).Health.Enabled, On(Of(status), off).Health.DisabledReason)));
    }

    [Fact]
    public void The_tenth_failure_is_final() => Assert.Equal((DeliveryState.Failed, null), (On(Of(500), Health.Good, 10).State, On(Of(500), Health.Good, 10).DueAt));

    [Fact]
    public void What_fails_is_called_once_at_a_time_and_what_is_disabled_not_at_all()
    {
        Assert.Equal(Health.MaxInFlight, Health.Good.Allowance(Now));
        Assert.Equal(1, (Failing with { ResumeAt = null }).Allowance(Now));
        Assert.Equal(0, Failing.Allowance(Now));
        Assert.Equal(1, Failing.Allowance(Now.AddMinutes(1)));
        Assert.Equal(0, (Health.Good with { Enabled = false }).Allowance(Now));
    }

    private static Verdict On(Answer answer, Health health, int attempts = 1) => Verdict.On(answer, Guid.Empty, attempts, health, Now);

    private static Answer Of(int? status) => new(Now, "https://partner.example.com/", 10, status);
}
