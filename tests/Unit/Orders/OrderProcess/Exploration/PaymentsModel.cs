using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess.Exploration;

/// <summary>Payments as its contract says, with the provider's ledger. Calls to the provider take time: other things happen meanwhile.</summary>
internal sealed class PaymentsModel(OrderWorld world)
{
    private readonly Queue<Action> calls = [];
    private bool closed;
    private bool told;

    public bool Authorised { get; private set; }

    public long Captured { get; private set; }

    public long Refunded { get; private set; }

    public bool HasCalls => calls.Count > 0;

    public void FinishOneCall() => calls.Dequeue()();

    public void Handle(object message)
    {
        switch (message)
        {
            case OrderPlaced when !closed:
                calls.Enqueue(Authorise);
                break;
            case VoidPayment:
                closed = true;
                calls.Enqueue(Settle);
                break;
            case CapturePayment capture:
                world.Demand(Captured == 0, "the payment was captured twice");
                calls.Enqueue(() => Capture(capture.Amount));
                break;
            case RefundPayment:
                world.Demand(Captured > 0, "a payment was refunded that is not captured");
                calls.Enqueue(Refund);
                break;
        }
    }

    private void Authorise()
    {
        switch (world.Roll(10))
        {
            case 0: // The provider never answers; only VoidPayment settles it.
                break;
            case 1:
                world.Tell(Examples.Declined);
                break;
            case 2:
                world.Tell(Examples.Unresolved);
                calls.Enqueue(SucceedTooLate);
                break;
            default:
                Authorised = true;
                world.Tell(Examples.Authorised);
                break;
        }
    }

    /// <summary>Given up and then authorised after all: payments says so and voids by itself.</summary>
    private void SucceedTooLate()
    {
        world.Tell(Examples.Authorised);
        Settle();
    }

    /// <summary>Calls are made in order, so that what was in flight is known by now.</summary>
    private void Settle()
    {
        if (Captured > 0)
        {
            Refund();
            return;
        }

        Authorised = false;
        if (!told)
        {
            told = true;
            world.Tell(Examples.Voided);
        }
    }

    private void Capture(Money amount)
    {
        if (closed || !Authorised || world.Chance(15))
        {
            world.Tell(Examples.CaptureFailed);
            return;
        }

        (Authorised, Captured) = (false, amount.Minor);
        world.Tell(new PaymentCaptured(Examples.OrderId, amount, world.Now));
    }

    private void Refund()
    {
        world.Demand(Refunded == 0, "the payment was refunded twice");
        Refunded = Captured;
        world.Tell(Examples.Refunded);
    }
}
