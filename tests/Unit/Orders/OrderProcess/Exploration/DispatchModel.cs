using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess.Exploration;

/// <summary>Dispatch as its contract says: stopped for good, or dispatched, never both; a failed booking may be tried again.</summary>
internal sealed class DispatchModel(OrderWorld world)
{
    private readonly Queue<Action> work = [];
    private bool stopped;

    public bool Shipped { get; private set; }

    public bool HasWork => work.Count > 0;

    public void FinishOneWork() => work.Dequeue()();

    public void Handle(object message)
    {
        switch (message)
        {
            case DispatchOrder:
                work.Enqueue(Pack);
                break;
            case HandOverShipment:
                work.Enqueue(Book);
                break;
            case StopShipment when !Shipped && !stopped:
                stopped = true;
                world.Tell(Examples.Stopped);
                break;
        }
    }

    private void Pack()
    {
        if (!stopped)
        {
            world.Tell(Examples.Packed);
        }
    }

    private void Book()
    {
        if (stopped)
        {
            return;
        }

        if (world.Chance(30))
        {
            world.Tell(Examples.FailedDispatch);
            if (world.Chance(50))
            {
                work.Enqueue(Book);
            }

            return;
        }

        Shipped = true;
        world.CheckShipping();
        world.Tell(Examples.Dispatched);
    }
}
