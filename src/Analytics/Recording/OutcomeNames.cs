namespace Orders.Analytics.Recording;

/// <summary>How outcomes are written in the database. The words never change.</summary>
internal static class OutcomeNames
{
    public static string Stored(this Outcome outcome) => outcome switch
    {
        Outcome.Completed => "completed",
        Outcome.Rejected => "rejected",
        Outcome.Cancelled => "cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Give the new outcome its word here."),
    };

    public static Outcome Read(string stored) => stored switch
    {
        "completed" => Outcome.Completed,
        "rejected" => Outcome.Rejected,
        "cancelled" => Outcome.Cancelled,
        _ => throw new InvalidOperationException($"'{stored}' is not an order's outcome. A newer version wrote it: update this process."),
    };
}
