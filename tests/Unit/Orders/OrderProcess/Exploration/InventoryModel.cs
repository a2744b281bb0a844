using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess.Exploration;

/// <summary>Inventory as its contract says: holds all or none, answers each command once, and a release outlives a late reservation.</summary>
internal sealed class InventoryModel(OrderWorld world)
{
    private bool released;
    private DateTimeOffset? expiresAt;

    public bool Held { get; private set; }

    public bool Committed { get; private set; }

    public bool CanExpire => Held && expiresAt is not null;

    public void Handle(object message)
    {
        switch (message)
        {
            case OrderPlaced when !released:
            case ReserveStock:
                Reserve();
                break;
            case ReleaseStock:
                world.Demand(!Committed, "committed stock was released");
                (Held, released) = (false, true);
                break;
            case CommitStock:
                world.Demand(Held, "stock was committed that is not held");
                (Held, Committed) = (false, true);
                break;
        }
    }

    /// <summary>Announces once that the hold's time is over; the units stay held.</summary>
    public void Expire()
    {
        world.Now = expiresAt!.Value;
        expiresAt = null;
        world.Tell(new HoldExpired(Examples.OrderId, world.Now));
    }

    private void Reserve()
    {
        world.Demand(!Committed, "committed stock was reserved again");
        if (world.Chance(20))
        {
            world.Tell(new StockShort(Examples.OrderId, ["tea"], world.Now));
            return;
        }

        (Held, expiresAt) = (true, world.Now + Examples.Deadlines.Hold);
        world.Tell(new StockReserved(Examples.OrderId, expiresAt.Value, world.Now));
    }
}
