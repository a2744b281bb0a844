using System.Text.Json.Serialization;
using Orders.Contracts;

namespace Orders.Api.OrderViews;

/// <summary>What shoppers and operators read of one order. Its version is the number of its timeline's entries.</summary>
internal sealed record OrderDocument(
    Guid OrderId,
    string? UserId,
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
    [JsonIgnore]
    public bool IsEnded => OrderStatus.IsEnd(Status);

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

/// <summary><c>pending | held | committed | released | short</c>.</summary>
internal sealed record StockView(string Status);

/// <summary><c>pending | authorised | captured | declined | voided | refunded | unresolved</c>.</summary>
internal sealed record PaymentView(string Status, Money? Authorised, Money? Captured, Money? Refunded);

/// <summary><c>pending | promised | packed | dispatched | failed | stopped</c>.</summary>
internal sealed record ShipmentView(
    string Status, DateTimeOffset? PromisedBy, string? TrackingNumber, DateTimeOffset? DispatchedAt);

/// <summary>Something that happened to the order.</summary>
internal sealed record TimelineEntry(DateTimeOffset At, string Event, string? Detail);
