using Orders.Webhooks.Partners.Sending;

namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>What follows from an attempt. Pure.</summary>
/// <param name="State">Where the delivery is now: <see cref="DeliveryState"/>.</param>
/// <param name="DueAt">When it is tried again; null at its end.</param>
/// <param name="Health">The endpoint's.</param>
internal sealed record Verdict(string State, DateTimeOffset? DueAt, Health Health)
{
    public static Verdict On(Answer answer, Guid delivery, int attempts, Health health, DateTimeOffset now)
    {
        if (answer.IsSuccess)
        {
            return new(DeliveryState.Succeeded, null, health with { FailingSince = null, ResumeAt = null });
        }

        if (answer.IsGone)
        {
            // It is not tried in vain again, and not lost: it is sent when somebody enables the endpoint.
            return new(DeliveryState.Due, now, Disabled(health, Health.Gone));
        }

        var failing = health with { FailingSince = health.FailingSince ?? now };
        if (answer.WaitAskedFor is { } asked)
        {
            failing = failing with { ResumeAt = now + Schedule.Bounded(asked) };
        }

        if (now - failing.FailingSince >= Health.Patience)
        {
            failing = Disabled(failing, Health.Failing);
        }

        return Schedule.Next(delivery, attempts, answer.WaitAskedFor) is { } wait
            ? new(DeliveryState.Due, now + wait, failing)
            : new(DeliveryState.Failed, null, failing);
    }

    private static Health Disabled(Health health, string reason) => health.Enabled ? health with { Enabled = false, DisabledReason = reason } : health;
}
