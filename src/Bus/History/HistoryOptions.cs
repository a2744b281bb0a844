namespace Orders.Bus.Engine;

/// <summary>Whether saga steps are recorded, and for how long they are kept.</summary>
/// <param name="IsOn"><c>Orders:History</c>; default true.</param>
/// <param name="Retention"><c>Orders:HistoryRetention</c>: older steps are dropped, a day at a time. Default 400 days.</param>
public sealed record HistoryOptions(bool IsOn = true, TimeSpan? Retention = null)
{
    /// <summary>Ten years; each day is a partition.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(3_653);

    internal TimeSpan Kept => Retention ?? TimeSpan.FromDays(400);
}
