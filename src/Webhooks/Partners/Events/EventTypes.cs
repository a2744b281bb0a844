namespace Orders.Webhooks.Partners.Events;

/// <summary>What an endpoint may listen to.</summary>
internal static class EventTypes
{
    public const string OrderPrefix = "order.";
    public const string StockLow = "stock.low";
    public const string CustomerChanged = "customer.changed";

    /// <summary>Sent when a partner asks for it, to whatever endpoint.</summary>
    public const string Test = "webhook.test";

    public static IReadOnlyList<string> All { get; } =
    [
        "order.accepted", "order.confirmed", "order.dispatching", "order.completed", "order.rejected", "order.cancelled", StockLow, CustomerChanged,
    ];
}
