namespace Orders.Api.OrderViews;

/// <summary>The states of an order as shoppers read them.</summary>
internal static class OrderStatus
{
    public const string Accepted = "accepted";
    public const string Confirmed = "confirmed";
    public const string Dispatching = "dispatching";
    public const string Cancelling = "cancelling";
    public const string Completed = "completed";
    public const string Rejected = "rejected";
    public const string Cancelled = "cancelled";

    public static IReadOnlyList<string> All { get; } =
        [Accepted, Confirmed, Dispatching, Cancelling, Completed, Rejected, Cancelled];

    public static bool IsEnd(string status) => status is Completed or Rejected or Cancelled;

    /// <summary>The one further on: an event that arrives late never takes an order back.</summary>
    public static string Further(string present, string next) => Rank(next) > Rank(present) ? next : present;

    private static int Rank(string status) => status switch
    {
        Accepted => 0,
        Confirmed => 1,
        Dispatching => 2,
        Cancelling => 3,
        Completed or Rejected or Cancelled => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status of an order. Use a constant of OrderStatus."),
    };
}
