using Orders.Api.OrderViews;

namespace Orders.Api.EraseOrders;

/// <summary>What an order's document is without the person. Sums, items, states and times stay. Pure.</summary>
internal static class OrderErasure
{
    public const string Event = "personal-data-erased";

    public static bool IsDone(OrderDocument order) => order.Timeline.Any(entry => entry.Event == Event);

    public static OrderDocument Of(OrderDocument order, DateTimeOffset at) => order with
    {
        UserId = null,
        Instructions = null,
        Reason = OurReasons.Of(order.Reason),
        Timeline = [.. order.Timeline.Select(Without), new(at, Event, null)],
        Version = order.Timeline.Count + 1,
        UpdatedAt = at > order.UpdatedAt ? at : order.UpdatedAt,
    };

    /// <summary>Of the details those that we wrote ourselves stay. What a provider or a carrier answers may be about the person.</summary>
    private static TimelineEntry Without(TimelineEntry entry) => entry.Event switch
    {
        "stock-short" or "shipment-dispatched" => entry,
        "order-rejected" or "order-cancelling" or "order-cancelled" => entry with { Detail = OurReasons.Of(entry.Detail) },
        _ => entry with { Detail = null },
    };
}
