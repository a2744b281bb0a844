namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>Whether and when an endpoint's queue must be looked at again, without an attempt's end that does it. Pure.</summary>
internal static class Waking
{
    /// <param name="nextDue">When the next head is due; null where there is none.</param>
    /// <param name="endpoint">As it is now.</param>
    /// <returns>When; null where nothing waits for a time, or a message is on its way that comes soon enough.</returns>
    public static DateTimeOffset? At(DateTimeOffset? nextDue, QueuedEndpoint endpoint)
    {
        // Due already and not taken: either it was asked to wait, or an attempt is under way, whose end looks again.
        if (nextDue is not { } due || (due <= endpoint.Now && endpoint.Health.Allowance(endpoint.Now) > 0))
        {
            return null;
        }

        var at = endpoint.Health.ResumeAt > due ? endpoint.Health.ResumeAt.Value : due;
        return endpoint.WakeAt > endpoint.Now && endpoint.WakeAt <= at ? null : at;
    }
}
