namespace Orders.Webhooks.Partners.Deliveries;

/// <summary>
/// Where a delivery is. Of one endpoint and key, one at most is due or being sent: the head; the others are behind it, in the
/// order of their positions.
/// </summary>
internal static class DeliveryState
{
    /// <summary>Nobody has looked yet whether it is a head.</summary>
    public const string New = "new";
    public const string Behind = "behind";
    public const string Due = "due";
    public const string Sending = "sending";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    /// <summary>What partners see of these.</summary>
    public static IReadOnlyList<string> Statuses { get; } = ["pending", Succeeded, Failed];

    public static string StatusOf(string state) => state is Succeeded or Failed ? state : "pending";
}
