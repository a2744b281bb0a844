using Orders.Contracts;

namespace Orders.Tests.Unit.Exploration;

/// <summary>Each endpoint's handlers, in turn.</summary>
internal static class Sides
{
    public static OrderWorld Handle(OrderWorld world, Delivery delivery) => delivery.To switch
    {
        Endpoints.Orders => OrdersSide.Handle(world, delivery.Message),
        Endpoints.Inventory => InventorySide.Handle(world, delivery.Message),
        Endpoints.Payments => PaymentsSide.Handle(world, delivery.Message),
        Endpoints.Dispatch => DispatchSide.Handle(world, delivery.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(delivery), delivery.To, "This endpoint takes no part."),
    };
}

/// <summary>The world's time.</summary>
internal sealed class WorldClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
