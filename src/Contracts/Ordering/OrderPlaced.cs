using Orders.Bus.Composition;

namespace Orders.Contracts;

/// <summary>A shopper confirmed a purchase. The fact that everyone observes. <c>UserId</c> is null for a guest; lines hold each sku once.</summary>
public sealed record OrderPlaced(
    Guid OrderId,
    [property: Personal] string? UserId,
    DateTimeOffset PlacedAt,
    bool Prime,
    [property: Personal] string? Instructions,
    IReadOnlyList<OrderLine> Lines,
    Money Total,
    [property: Personal] PaymentMeans Payment,
    [property: Personal] Address ShipTo) : IEvent;
