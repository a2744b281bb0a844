namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>How an endpoint does.</summary>
/// <param name="Enabled">False: what is for it waits.</param>
/// <param name="DisabledReason">Why, where nobody asked for it.</param>
/// <param name="FailingSince">The first failure after which there was no success; null after a success.</param>
/// <param name="ResumeAt">It asked to be left alone until then.</param>
internal sealed record Health(bool Enabled, string? DisabledReason, DateTimeOffset? FailingSince, DateTimeOffset? ResumeAt)
{
    public const string Gone = "gone";
    public const string Failing = "failing";

    /// <summary>Calls at once to one endpoint, of as many keys. The slow and the dead take a known share of what all have.</summary>
    public const int MaxInFlight = 32;

    /// <summary>Nothing but failures for so long disables.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    public static Health Good { get; } = new(true, null, null, null);

    /// <summary>How many calls may be under way: while it fails, one, to see whether it still does.</summary>
    public int Allowance(DateTimeOffset now) => !Enabled || ResumeAt > now ? 0 : FailingSince is null ? MaxInFlight : 1;
}
