using Orders.Api.OrderProcess;
using Orders.Contracts;

namespace Orders.Tests.Unit.Orders.OrderProcess.Exploration;

/// <summary>
/// One order among models of the three modules. Commands reach a module in order, as their lane keeps them; answers reach the
/// process in any order, some of them twice; cancellations, timeouts and expiries come at any time. All from one seed.
/// </summary>
internal sealed class OrderWorld
{
    private const int MostSteps = 1_000;
    private readonly Random dice;
    private readonly Func<Situation, Decision> decide;
    private readonly List<object> answers = [Examples.Placed];
    private readonly List<object> timers = [];
    private readonly List<object> said = [];
    private readonly Queue<Action> toInventory = [];
    private readonly Queue<Action> toPayments = [];
    private readonly Queue<Action> toDispatch = [];
    private readonly InventoryModel inventory;
    private readonly PaymentsModel payments;
    private readonly DispatchModel dispatch;
    private OrderProgress progress = new();
    private int cancellations;
    private int duplicates = 6;

    private OrderWorld(int seed, Func<Situation, Decision> decide)
    {
        (dice, this.decide) = (new(seed), decide);
        (inventory, payments, dispatch) = (new(this), new(this), new(this));
        cancellations = Chance(50) ? Roll(3) : 0;
        Route(Examples.Placed);
    }

    public DateTimeOffset Now { get; set; } = Examples.Noon;

    /// <returns>The end that the order reached.</returns>
    /// <exception cref="BrokenPromiseException">Something happened that never may.</exception>
    public static OrderState Run(int seed, Func<Situation, Decision> decide)
    {
        var world = new OrderWorld(seed, decide);
        for (var step = 0; world.Step(); step++)
        {
            world.Demand(step < MostSteps, "the order never comes to rest");
        }

        world.CheckEnd();
        return world.progress.State;
    }

    public void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BrokenPromiseException($"{otherwise} (state {progress.State})");
        }
    }

    public bool Chance(int percent) => dice.Next(100) < percent;

    public int Roll(int sides) => dice.Next(sides);

    public void Tell(object answer) => answers.Add(answer);

    public void CheckShipping()
    {
        Demand(payments.Captured > 0 && payments.Refunded == 0, "goods were shipped that are not paid");
        Demand(inventory.Held, "goods were shipped that are not held");
    }

    private bool Step()
    {
        if (cancellations > 0 && Chance(8))
        {
            cancellations--;
            answers.Add(Examples.Cancel);
        }

        Action[] possible = [.. Possible()];
        if (possible.Length > 0 && !(timers.Count > 0 && Chance(2)))
        {
            possible[Roll(possible.Length)]();
            return true;
        }

        return FireTimer();
    }

    private IEnumerable<Action> Possible()
    {
        if (answers.Count > 0)
        {
            yield return Deliver;
        }

        foreach (var queue in new[] { toInventory, toPayments, toDispatch }.Where(queue => queue.Count > 0))
        {
            yield return () => queue.Dequeue()();
        }

        if (payments.HasCalls)
        {
            yield return payments.FinishOneCall;
        }

        if (dispatch.HasWork)
        {
            yield return dispatch.FinishOneWork;
        }

        if (inventory.CanExpire && !progress.State.IsEnd() && Chance(10))
        {
            yield return inventory.Expire;
        }
    }

    private void Deliver()
    {
        var index = Roll(answers.Count);
        var answer = answers[index];
        if (duplicates > 0 && Chance(15))
        {
            duplicates--;
        }
        else
        {
            answers.RemoveAt(index);
        }

        Handle(answer);
    }

    private bool FireTimer()
    {
        if (timers.Count == 0)
        {
            return false;
        }

        var timer = timers[Roll(timers.Count)];
        timers.Remove(timer);
        Handle(timer);
        return true;
    }

    private void Handle(object message)
    {
        Now = Now.AddMilliseconds(1);
        var decision = decide(new(Examples.OrderId, progress, message, Now, Examples.Deadlines));
        progress = decision.Progress;
        foreach (var outgoing in decision.Outgoing)
        {
            said.Add(outgoing.Message);
            Route(outgoing.Message);
        }

        if (progress.State.IsEnd())
        {
            timers.Clear();
        }
    }

    private void Route(object message)
    {
        switch (message)
        {
            case OrderPlaced:
                toInventory.Enqueue(() => inventory.Handle(message));
                toPayments.Enqueue(() => payments.Handle(message));
                break;
            case ReserveStock or ReleaseStock or CommitStock:
                toInventory.Enqueue(() => inventory.Handle(message));
                break;
            case CapturePayment or VoidPayment or RefundPayment:
                toPayments.Enqueue(() => payments.Handle(message));
                break;
            case DispatchOrder or HandOverShipment or StopShipment:
                toDispatch.Enqueue(() => dispatch.Handle(message));
                break;
            case PaymentDeadline or DispatchDeadline:
                timers.Add(message);
                break;
        }
    }

    private void CheckEnd()
    {
        Demand(progress.State.IsEnd(), "the order is stuck");
        Demand(said.Count(message => message is OrderCompleted or OrderRejected or OrderCancelled) == 1, "the order did not end exactly once");
        Demand(said.OfType<CapturePayment>().Count() <= 1, "the capture was asked for twice");
        Demand(!inventory.Held, "stock is still held");
        Demand(inventory.Committed == dispatch.Shipped, "what left the warehouse is not what was committed");
        Demand(!payments.Authorised, "a payment is still authorised");
        Demand(payments.Captured - payments.Refunded == (dispatch.Shipped ? Examples.Total.Minor : 0), "money kept is not goods dispatched");
        Demand((progress.State == OrderState.Completed) == dispatch.Shipped, "the end does not say whether the goods left");
    }
}

internal sealed class BrokenPromiseException(string message) : Exception(message);
