namespace Orders.Contracts;

/// <summary>A shopper confirmed a purchase. The fact that everyone observes. <c>UserId</c> is null for a guest; lines hold each sku once.</summary>
public sealed record OrderPlaced(
    Guid OrderId,
    string? UserId,
    DateTimeOffset PlacedAt,
    bool Prime,
    string? Instructions,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    PaymentMeans Payment,
    Address ShipTo) : IEvent;
