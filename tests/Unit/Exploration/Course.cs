using Orders.Contracts;
using Orders.Inventory.Stock;

namespace Orders.Tests.Unit.Exploration;

/// <summary>What may happen next in a world, and what it makes of it.</summary>
internal static class Course
{
    private const string Answered = " is answered";
    private const string Lost = " is carried out, its answer lost";
    private const string GivenUp = " is given up";
    private const string Again = " (a copy)";
    private const string Cancel = "the shopper cancels";
    private const string NoCancel = "nobody cancels any more";
    private const string Expiry = "the hold runs out";
    private const string Timeout = " is due";
    private const string Reconcile = "payments are reconciled";

    public static IReadOnlyList<string> Choices(OrderWorld world)
    {
        var undisturbed = Deliveries(world).Keys.Concat(Calls(world).Keys.Select(call => call + Answered)).ToList();
        var timers = undisturbed.Count == 0 || world.Scenario.TimersAnyTime ? Timers(world).ToList() : [];
        var choices = undisturbed.Concat(timers).Concat(Faults(world)).ToList();
        if (choices.Count == 0 && PaymentsSide.Disagreement(world) is not null)
        {
            choices.Add(Reconcile);
        }

        // Whether a shopper who might cancel does not is a choice as well: the order must not wait for it.
        if (world is { Cancellations: > 0, Ended: false })
        {
            choices.Add(Cancel);
            if (undisturbed.Count + timers.Count == 0)
            {
                choices.Insert(0, NoCancel);
            }
        }

        return choices;
    }

    public static OrderWorld? After(OrderWorld world, string choice)
    {
        try
        {
            return Happen(world, choice);
        }
        catch (InvalidOperationException)
        {
            // The handler's transaction is rolled back, and the message tried again later: nothing has happened.
            return null;
        }
    }

    private static IEnumerable<string> Timers(OrderWorld world)
    {
        var due = world.Timers.Select(timer => (timer.Due, Name: timer.Message.GetType().Name + Timeout));
        if (world.Hold is { State: HoldState.Held, Announced: false } hold)
        {
            due = due.Append((hold.ExpiresAt, Expiry));
        }

        // One pump hands over what is due in the order of its time.
        return due.OrderBy(timer => timer.Due).Take(1).Select(timer => timer.Name);
    }

    private static IEnumerable<string> Faults(OrderWorld world)
    {
        var copies = world.Duplicates > 0 ? Deliveries(world).Keys.Select(delivery => delivery + Again) : [];
        var lost = world.LostReplies > 0 ? Calls(world).Keys.Select(call => call + Lost) : [];
        var given = world.GivenUp > 0 ? Calls(world).Where(call => Activities.MayBeGivenUp(call.Value)).Select(call => call.Key + GivenUp) : [];
        return copies.Concat(lost).Concat(given);
    }

    private static OrderWorld Happen(OrderWorld world, string choice)
    {
        foreach (var (name, delivery) in Deliveries(world))
        {
            if (choice == name)
            {
                return Sides.Handle(world with { Deliveries = world.Deliveries.Remove(delivery) }, delivery);
            }

            if (choice == name + Again)
            {
                return Sides.Handle(world with { Duplicates = world.Duplicates - 1 }, delivery);
            }
        }

        foreach (var (name, call) in Calls(world))
        {
            switch (choice.StartsWith(name, StringComparison.Ordinal) ? choice[name.Length..] : "")
            {
                case Answered:
                    return Activities.Answer(world, call);
                case Lost:
                    return Activities.Lose(world with { LostReplies = world.LostReplies - 1 }, call);
                case GivenUp:
                    return Activities.GiveUp(world with { GivenUp = world.GivenUp - 1 }, call);
            }
        }

        return choice switch
        {
            Cancel => (world with { Cancellations = world.Cancellations - 1 }).Say(Endpoints.Orders, new CancelOrder(Scenario.OrderId, "changed my mind", world.Now)),
            NoCancel => world with { Cancellations = 0 },
            Expiry => Expire(world),
            Reconcile => PaymentsSide.Heal(world),
            _ => OnTime(world, world.Timers.OrderBy(timer => timer.Due).First()),
        };
    }

    private static Dictionary<string, Delivery> Deliveries(OrderWorld world) => Named(world.Deliveries, delivery => delivery.Name, delivery => delivery.Print);

    private static Dictionary<string, Call> Calls(OrderWorld world) => Named(world.Calls, call => call.Name, call => call.Print);

    /// <summary>In their order. Of equal ones one is enough; others of the same name are numbered.</summary>
    private static Dictionary<string, T> Named<T>(IEnumerable<T> all, Func<T, string> nameOf, Func<T, string> printOf)
    {
        var named = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var one in all)
        {
            var name = nameOf(one);
            for (var n = 2; named.TryGetValue(name, out var other) && printOf(other) != printOf(one); n++)
            {
                name = $"{nameOf(one)} #{n}";
            }

            named.TryAdd(name, one);
        }

        return named;
    }

    private static OrderWorld OnTime(OrderWorld world, Timer timer) =>
        OrdersSide.OnTimeout(Later(world, timer.Due) with { Timers = world.Timers.Remove(timer) }, timer.Message);

    private static OrderWorld Expire(OrderWorld world)
    {
        var later = Later(world, world.Hold!.ExpiresAt);
        return (later with { Hold = world.Hold with { Announced = true } }).Say(Endpoints.Inventory, new HoldExpired(Scenario.OrderId, later.Now));
    }

    private static OrderWorld Later(OrderWorld world, DateTimeOffset due) => world with { Now = due > world.Now ? due : world.Now };
}
