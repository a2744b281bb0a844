namespace Orders.Webhooks.Crm.Reconciling;

/// <summary>What a run found at the CRM, and healed.</summary>
/// <param name="Source">Which source.</param>
/// <param name="Full">All records were read: for the first time, or because it is not known what changed.</param>
/// <param name="Since">From when on changes were asked for; null in a full run.</param>
/// <param name="Until">Up to when, by the CRM's clock, the copy is now like it.</param>
/// <param name="Updated">Records that exist, among those that were looked at.</param>
/// <param name="Deleted">Records that are deleted, among those that were looked at.</param>
/// <param name="Found">Records that were looked at.</param>
/// <param name="Healed">Records that were another here.</param>
internal sealed record ReconcileReport(
    string Source, bool Full, DateTimeOffset? Since, DateTimeOffset Until, int Updated, int Deleted, int Found, int Healed);

/// <summary>Counts while a run goes on.</summary>
internal sealed record Tally(int Updated, int Deleted, int Healed)
{
    public static Tally Nothing { get; } = new(0, 0, 0);

    public static Tally operator +(Tally one, Tally other) =>
        new(one.Updated + other.Updated, one.Deleted + other.Deleted, one.Healed + other.Healed);
}
