namespace Orders.Contracts;

/// <summary>
/// The order's document shows another status: what a partner may see of it. An end shows only once stock and money are where it
/// leaves them. Nothing personal: no user, address, instructions or words of the shopper's own.
/// </summary>
public sealed record OrderStatusChanged(
    Guid OrderId,
    string Status,
    string? Reason,
    int Version,
    DateTimeOffset PlacedAt,
    DateTimeOffset UpdatedAt,
    bool Prime,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    OrderPayment Payment,
    OrderShipment Shipment) : IEvent;
