using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>What shoppers and operators read of one order. Its version is the number of its timeline's entries.</summary>
internal sealed record OrderDocument(
    Guid OrderId,
    string? UserId,
    [property: AllowedValues(
        OrderStatus.Accepted, OrderStatus.Confirmed, OrderStatus.Dispatching, OrderStatus.Cancelling, OrderStatus.Completed,
        OrderStatus.Rejected, OrderStatus.Cancelled)]
    string Status,
    string? Reason,
    bool NeedsAttention,
    int Version,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    bool Prime,
    string? Instructions,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    StockView Stock,
    PaymentView Payment,
    ShipmentView Shipment,
    IReadOnlyList<TimelineEntry> Timeline)
{
    /// <summary>For operators alone, and read with it: stored it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OrderCustomer? Customer { get; init; }

    [JsonIgnore]
    public bool IsEnded => OrderStatus.IsEnd(Status);

    /// <summary>The end that has been decided, shown or not; null while there is none.</summary>
    [JsonIgnore]
    public string? End => Timeline.Select(entry => OrderTimeline.EndOf(entry.Event)).FirstOrDefault(end => end is not null);

    /// <summary>
    /// Whether stock and money stand where the decided end leaves them. A payment that nobody can tell anything about is not
    /// waited for: its reason says so, and reconciliation follows it.
    /// </summary>
    [JsonIgnore]
    public bool HasSettled => End == OrderStatus.Completed
        ? Stock.Status == "committed"
        : Stock.Status is "released" or "short"
            && (Reason == RejectionReasons.PaymentUnresolved || Payment.Status is not ("pending" or "authorised" or "captured"));

    public static OrderDocument Of(OrderPlaced placed) => new(
        placed.OrderId,
        placed.UserId,
        OrderStatus.Accepted,
        Reason: null,
        NeedsAttention: false,
        Version: 1,
        placed.PlacedAt,
        placed.PlacedAt,
        placed.Prime,
        placed.Instructions,
        placed.Lines,
        placed.Total,
        new("pending"),
        new("pending", null, null, null),
        new("pending", null, null, null),
        [new(placed.PlacedAt, "order-placed", null)]);
}

internal sealed record StockView(
    [property: AllowedValues("pending", "held", "committed", "released", "short")] string Status);

internal sealed record PaymentView(
    [property: AllowedValues("pending", "authorised", "captured", "declined", "voided", "refunded", "unresolved")] string Status,
    Money? Authorised, Money? Captured, Money? Refunded);

internal sealed record ShipmentView(
    [property: AllowedValues("pending", "promised", "packed", "dispatched", "failed", "stopped")] string Status,
    DateTimeOffset? PromisedBy,
    string? TrackingNumber,
    DateTimeOffset? DispatchedAt);

/// <summary>Something that happened to the order.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, string Event, string? Detail);
